package io.wafleet.worker.partition;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.JournalRecord;
import io.wafleet.worker.backup.Copy;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.journal.JournalImage;
import io.wafleet.worker.sealing.CredentialCipher.UnsealableException;
import io.wafleet.worker.session.ConnectionNumber;
import io.wafleet.worker.session.SessionEvent;
import io.wafleet.worker.session.SessionMachine;
import io.wafleet.worker.session.Step;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The accounts of one partition, each with its session and its connections. Used on one partition loop. */
final class Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

    private final SessionMachine machine;
    private final WorkerMetrics metrics;
    private final SealedCredentials sealing;
    private final Function<AccountId, Recorder.Target> targets;
    private final Map<AccountId, AccountSlot> slots = new HashMap<>();
    private Recorder recorder;
    private Copies copies;

    /**
     * @param targets where what an account's acts lead to is told
     */
    Accounts(PartitionPorts ports, Recorder recorder, Copies copies, Function<AccountId, Recorder.Target> targets) {
        this.recorder = recorder;
        this.copies = copies;
        this.machine = ports.machine();
        this.metrics = ports.metrics();
        this.sealing = new SealedCredentials(ports.cipher());
        this.targets = targets;
    }

    /** From now on, what happens is told under another epoch. */
    void recordWith(Recorder next, Copies nextCopies) {
        recorder = next;
        copies = nextCopies;
    }

    /** Makes every account what the journal says, and lets each begin anew. */
    void restore(JournalImage image, Instant at, Transaction transaction) {
        image.accounts().values().forEach(account -> begin(account, image, 0, at, transaction));
    }

    /**
     * Goes on under a new epoch: accounts with something undone begin anew from the journal, their connections closed; the others keep
     * theirs and only say under the new epoch what they are.
     */
    void resume(JournalImage image, Set<AccountId> undone, Instant at, Transaction transaction) {
        Map<AccountId, AccountSlot> former = new TreeMap<>(slots);
        former.forEach((id, slot) -> {
            JournalRecord.AccountState account = slot.session.account();
            if (undone.contains(id) || account == null || !image.accounts().containsKey(id)) {
                forget(slot);
            } else {
                recorder.tell(slot, account, transaction);
            }
        });
        image.accounts().forEach((id, account) -> {
            if (!slots.containsKey(id)) {
                AccountSlot before = former.get(id);
                long connections = before == null ? 0 : before.session.connections();
                begin(account, image, connections, at, transaction);
            }
        });
    }

    private void begin(JournalRecord.AccountState account, JournalImage image, long connections, Instant at,
            Transaction transaction) {
        AccountId id = account.account();
        Set<String> broken = image.unreadableParts(id);
        Credentials opened = broken.isEmpty() ? open(id, image) : null;
        Credentials credentials = opened == null ? Credentials.NONE : opened;
        AccountSlot slot = new AccountSlot(id,
                SessionMachine.restored(account, !credentials.isEmpty(), connections), credentials);
        slots.put(id, slot);
        metrics.count(0, 1);
        if (opened == null) {
            slot.unopened = Stream.concat(image.credentials(id).keySet().stream(), broken.stream())
                    .collect(Collectors.toUnmodifiableSet());
        }
        if (image.isUnreadable(id)) {
            advance(slot, new SessionEvent.Restored(at, SessionEvent.Unreadable.RECORD), transaction, true);
            recorder.journal(slot, transaction);
        } else {
            advance(slot, new SessionEvent.Restored(at, opened == null
                    ? SessionEvent.Unreadable.CREDENTIALS
                    : SessionEvent.Unreadable.NOTHING), transaction, true);
        }
    }

    /** Takes in an account that only the backup knows; one that is known by now is what it is. */
    void revive(JournalRecord.AccountState account, Credentials credentials, Instant at, Transaction transaction) {
        AccountId id = account.account();
        if (slots.containsKey(id)) {
            return;
        }
        AccountSlot slot = new AccountSlot(id, SessionMachine.restored(account, !credentials.isEmpty(), 0),
                credentials);
        slots.put(id, slot);
        metrics.count(0, 1);
        recorder.journalAll(slot, transaction);
        advance(slot, new SessionEvent.Restored(at, SessionEvent.Unreadable.NOTHING), transaction, true);
        LOG.info("{} is back from its backup", id);
    }

    /** The account's credentials; null when they cannot be opened. */
    private @Nullable Credentials open(AccountId account, JournalImage image) {
        try {
            return sealing.open(account, image.credentials(account));
        } catch (UnsealableException e) {
            LOG.error("{}: {}", account, e.getMessage());
            return null;
        }
    }

    /** Takes an order to an account; one that is not known stands as such until its machine makes something of it. */
    void order(AccountId id, SessionEvent event, Transaction transaction) {
        AccountSlot slot = slots.computeIfAbsent(id, _ -> {
            metrics.count(0, 1);
            AccountSlot unknown = new AccountSlot(id, SessionMachine.unknown(), Credentials.NONE);
            unknown.told = Copies.Told.NOTHING;
            return unknown;
        });
        advance(slot, event, transaction, false);
    }

    void apply(AccountId id, SessionEvent event, Transaction transaction) {
        AccountSlot slot = slots.get(id);
        if (slot != null) {
            advance(slot, event, transaction, false);
        }
    }

    private void advance(AccountSlot slot, SessionEvent event, Transaction transaction, boolean tellAnyway) {
        Step step = machine.apply(slot.session, event);
        recorder.record(slot, step, transaction, tellAnyway, targets.apply(slot.id));
        copies.note(slot, transaction);
        transaction.accounts.add(slot.id);
        recount(slot, slot.isConnected());
        if (slot.session.account() == null) {
            slots.remove(slot.id);
            metrics.count(0, -1);
        }
    }

    /** What the journal holds of these accounts once everything is written. */
    List<Copy> last(Set<AccountId> ids, long sequence) {
        return ids.stream().flatMap(id -> Stream.ofNullable(slots.get(id)))
                .flatMap(slot -> copies.last(slot, sequence).stream()).toList();
    }

    /** A connection ended by itself. */
    void ended(AccountId id, ConnectionNumber connection) {
        AccountSlot slot = slots.get(id);
        if (slot != null) {
            slot.connections.remove(connection);
        }
    }

    /** Closes every connection; the accounts stay. */
    void disconnectAll() {
        slots.values().forEach(slot -> {
            slot.cancelTimers();
            slot.closeConnections();
        });
    }

    /** Closes every connection, and forgets the accounts. */
    void forgetAll() {
        List.copyOf(slots.values()).forEach(this::forget);
    }

    private void forget(AccountSlot slot) {
        slot.cancelTimers();
        slot.closeConnections();
        slots.remove(slot.id);
        recount(slot, false);
        metrics.count(0, -1);
    }

    private void recount(AccountSlot slot, boolean isConnected) {
        if (slot.countedConnected != isConnected) {
            slot.countedConnected = isConnected;
            metrics.count(isConnected ? 1 : -1, 0);
        }
    }
}
