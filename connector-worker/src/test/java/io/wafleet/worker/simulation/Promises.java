package io.wafleet.worker.simulation;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.JournalKey;
import io.wafleet.contract.JournalRecord;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Topic;
import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.sealing.CredentialCipher.UnsealableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What must hold at every moment. Each promise is checked in the very step that could break it: when a record becomes committed, when
 * a worker acts outside, when somebody is fenced, when a worker becomes ACTIVE.
 */
final class Promises {
    private final World world;
    private final Trace trace;
    private final Map<PartitionLog, ClaimHistory> histories = new HashMap<>();
    private final Map<TransactionalId, Worker> named = new HashMap<>();
    private final Map<Worker, Map<Integer, Epoch>> active = new HashMap<>();
    private final Map<Integer, Map<Epoch, Worker>> acted = new HashMap<>();
    private final Map<AccountId, Ratchet> stored = new HashMap<>();
    private final Map<AccountId, Map<Ratchet, String>> used = new HashMap<>();
    private final Map<AccountId, Ratchet> highest = new HashMap<>();
    private final Map<CommandId, Reply.CommandReply> replies = new TreeMap<>(
            (a, b) -> a.value().compareTo(b.value()));

    Promises(World world, Trace trace) {
        this.world = world;
        this.trace = trace;
    }

    /** The first that is broken ends the run; loops must not swallow it. */
    private void broken(String what) {
        world.violated(what);
    }

    void named(Worker worker, TransactionalId id) {
        named.put(id, worker);
    }

    /** The replies that are committed. */
    Reply.@Nullable CommandReply reply(CommandId command) {
        return replies.get(command);
    }

    /** Records become committed. */
    void committed(PartitionLog log, List<Stored> records) {
        switch (log.topic()) {
            case JOURNAL -> journal(log, records);
            case EVENTS -> history(log).events(records);
            case REPLIES -> records.forEach(r -> replied(r.as(Reply.class)));
            default -> {
            }
        }
    }

    private ClaimHistory history(PartitionLog log) {
        return histories.computeIfAbsent(log, l -> new ClaimHistory(l.toString(), this::broken));
    }

    private void journal(PartitionLog log, List<Stored> records) {
        TransactionalId writer = records.getFirst().writer;
        Worker worker = writer == null ? null : named.get(writer);
        ClaimHistory.Claim claim = history(log).journal(records,
                worker == null ? 0 : worker.restored(log.partition()));
        if (claim != null) {
            trace.note("journal", log.partition(), "claimed by", writer, claim.epoch());
        }
        for (Stored record : records) {
            String key = record.keyText();
            if (key.startsWith("credential/") && JournalKey.parse(key) instanceof JournalKey.Credential credential) {
                credentials(credential.account(), record);
            }
        }
    }

    private void credentials(AccountId account, Stored record) {
        if (record.value == null) {
            stored.remove(account);
            return;
        }
        Ratchet next = open(record.as(JournalRecord.Credential.class));
        Ratchet before = stored.put(account, next);
        if (before != null && before.pairing() == next.pairing() && before.step() > next.step()) {
            broken("credentials of " + account + " went back from " + before + " to " + next);
        }
    }

    private static Ratchet open(JournalRecord.Credential credential) {
        try {
            return Ratchet.of(Worker.CIPHER.open(credential.account(), credential.key(), credential.sealed()));
        } catch (UnsealableException e) {
            throw new IllegalStateException(e);
        }
    }

    private void replied(Reply reply) {
        if (reply instanceof Reply.CommandReply told) {
            trace.note("reply", told.id(), told.result());
            if (replies.put(told.id(), told) != null) {
                broken("command " + told.id() + " was answered twice");
            }
        }
    }

    /** A worker's set of ACTIVE partitions changed. */
    void changed(Worker worker) {
        Map<Integer, Epoch> now = worker.active();
        active.put(worker, now);
        trace.note(worker, "is ACTIVE for", now);
        now.forEach((partition, epoch) -> {
            Worker other = acted.computeIfAbsent(partition, _ -> new HashMap<>()).putIfAbsent(epoch, worker);
            if (other != null && other != worker) {
                broken(worker + " and " + other + " are both ACTIVE for " + partition + " under " + epoch);
            }
        });
    }

    /** A worker does something outside. */
    void acts(Worker worker, SimulatedConnection connection, String what) {
        int partition = world.accountPartitions().of(connection.account());
        Epoch epoch = worker.active().get(partition);
        if (epoch == null) {
            broken(worker + " does " + what + " though it is not ACTIVE for " + partition);
        } else if (goesOn(worker, connection, what) && epoch.isOlderThan(newestClaim(partition))) {
            broken(worker + " does " + what + " under " + epoch + " though " + newestClaim(partition) + " was claimed");
        }
    }

    /**
     * A worker does something outside that it began when it was ACTIVE; it may claim anew at the moment, under another producer, as
     * long as the partition is its own.
     *
     * @return whether a lease protects it: nothing protects what a machine does that was suspended, but what is stored is protected all
     *     the same
     */
    boolean goesOn(Worker worker, SimulatedConnection connection, String what) {
        AccountId account = connection.account();
        int partition = world.accountPartitions().of(account);
        trace.note(worker, "does:", what, account, "of", partition);
        if (worker.host().hasSlept()) {
            return false;
        }
        if (!world.broker().group().isHeldBy(worker.member(), partition)) {
            broken(worker + " does " + what + " for " + partition + " though the group gave it to "
                    + world.broker().group().holder(partition));
        }
        SimulatedConnection live = world.whatsApp().live(account);
        if (live != null && live.number() > connection.number()) {
            broken(worker + " does " + what + " by an older connection while a newer one lives");
        }
        return true;
    }

    private Epoch newestClaim(int partition) {
        return history(world.broker().log(Topic.JOURNAL, partition)).newest();
    }

    /** A connection begins with the credentials that its worker has. */
    void opens(SimulatedConnection connection) {
        if (connection.worker().host().hasSlept()) {
            // It may not know yet that another went on from there; nothing that it sends can be committed.
            return;
        }
        Ratchet ratchet = Ratchet.of(connection.request().credentials());
        Ratchet known = highest.get(connection.account());
        if (known != null && ratchet.pairing() == known.pairing() && ratchet.step() < known.step()) {
            broken(connection.account() + " opens with " + ratchet + " though " + known + " was used");
        }
    }

    /** A step of an account's ratchet is used. */
    void stepped(AccountId account, Ratchet step, String content) {
        String before = used.computeIfAbsent(account, _ -> new HashMap<>()).putIfAbsent(step, content);
        if (before != null && !before.equals(content)) {
            broken(account + " used " + step + " for " + before + " and for " + content);
        }
        highest.merge(account, step,
                (a, b) -> a.pairing() == b.pairing() && a.step() > b.step() ? a : b);
    }

    /** The broker is about to fence a producer for a worker. */
    void fences(Worker by, TransactionalId id) {
        Worker victim = named.get(id);
        trace.note(by, "fences", id);
        if (victim == null || victim.host().isDead() || !victim.incarnation().equals(id)) {
            return;
        }
        if (victim == by) {
            broken(by + " fences itself");
        }
        Set<Integer> rightful = victim.active().keySet();
        boolean isOwner = victim.isLeased()
                && rightful.stream().anyMatch(p -> world.broker().group().isHeldBy(victim.member(), p));
        boolean isEntitled = false;
        for (int p = 0; p < world.settings().partitions(); p++) {
            boolean isHolder = by.member().equals(world.broker().group().holder(p));
            long claimed = world.broker().log(Topic.JOURNAL, p).claimedAt(id);
            isEntitled |= isHolder && claimed < Long.MAX_VALUE;
            // A machine that was suspended cannot know how long ago its proof was; but it had one, and after the claim.
            isEntitled |= by.host().hasSlept() && claimed <= by.provedAt(p);
        }
        if (isOwner && !isEntitled) {
            broken(by + " fences " + victim + ", the rightful owner of " + rightful
                    + ", without owning anything that it claimed");
        }
    }

    /** The newest committed position in a partition's commands. */
    long position(int partition) {
        return history(world.broker().log(Topic.JOURNAL, partition)).position();
    }

    /** Whether somebody who runs is ACTIVE for it. */
    boolean isOwned(int partition) {
        for (Map.Entry<Worker, Map<Integer, Epoch>> one : active.entrySet()) {
            if (one.getKey().host().isRunning() && one.getValue().containsKey(partition)) {
                return true;
            }
        }
        return false;
    }

    List<Worker> activeFor(int partition) {
        List<Worker> owners = new ArrayList<>();
        active.forEach((worker, now) -> {
            if (!worker.host().isDead() && now.containsKey(partition)) {
                owners.add(worker);
            }
        });
        return owners;
    }
}
