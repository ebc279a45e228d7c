package io.wafleet.worker.partition;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Command;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.JournalRecord;
import io.wafleet.contract.Reply;
import io.wafleet.worker.connector.ConnectionListener;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.journal.JournalImage;
import io.wafleet.worker.log.Batch;
import io.wafleet.worker.log.Batch.CommitResult;
import io.wafleet.worker.log.CommandFeed;
import io.wafleet.worker.log.Entry;
import io.wafleet.worker.ownership.Tenure;
import io.wafleet.worker.sealing.CredentialCipher.UnsealableException;
import io.wafleet.worker.session.ConnectionNumber;
import io.wafleet.worker.session.SessionEffect;
import io.wafleet.worker.session.SessionEvent;
import io.wafleet.worker.session.SessionMachine;
import io.wafleet.worker.session.SessionTimer;
import io.wafleet.worker.session.Step;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ACTIVE for one partition: feeds each account's machine, writes what it decides in one transaction with the position, and does what
 * it orders once that is committed. Everything happens on its mailbox, one message at a time.
 */
final class PartitionLoop implements CommandFeed.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionLoop.class);

    /** What reaches the mailbox. */
    private sealed interface Message {}

    private record Begin(JournalImage image) implements Message {}

    /** A record of the commands topic; a class, since its bytes are arrays. */
    private static final class Arrived implements Message {
        private final long offset;
        private final byte @Nullable [] key;
        private final byte @Nullable [] value;

        Arrived(long offset, byte @Nullable [] key, byte @Nullable [] value) {
            this.offset = offset;
            this.key = key;
            this.value = value;
        }
    }

    private record Signalled(AccountId account, ConnectionNumber connection, ConnectionListener.Signal signal)
            implements
                Message {}

    private record TimerFired(AccountId account, SessionTimer timer, Instant due) implements Message {}

    private record Permitted(AccountId account) implements Message {}

    private record Written(Transaction transaction, CommitResult result) implements Message {}

    private record HandOver(CompletableFuture<Void> done) implements Message {}

    private final int partition;
    private final Tenure tenure;
    private final Epoch epoch;
    private final PartitionPorts ports;
    private final Facts facts;
    private final SealedCredentials sealing;
    private final Recorder recorder;
    private final CommandReader reader;
    private final Mailbox<Message> mailbox;
    private final Map<AccountId, AccountSlot> slots = new HashMap<>();
    /** Transactions in order; the acts of one are done when all before it are committed. */
    private final Deque<Transaction> pending = new ArrayDeque<>();
    private volatile boolean dropped;
    private boolean closing;
    private long position;
    private long sequence;
    private int connected;

    /**
     * @param broken told when the loop's state can be trusted no more
     */
    PartitionLoop(int partition, Tenure tenure, Epoch epoch, PartitionPorts ports, JournalImage image,
            Consumer<RuntimeException> broken) {
        this.partition = partition;
        this.tenure = tenure;
        this.epoch = epoch;
        this.ports = ports;
        this.facts = new Facts(ports.worker(), epoch);
        this.sealing = new SealedCredentials(ports.cipher());
        this.recorder = new Recorder(facts, sealing, ports.connector(), ports.timers(), ports.clock());
        this.reader = new CommandReader(ports.topicPrefix(), ports.partitions());
        this.position = image.position();
        this.mailbox = new Mailbox<>(ports.executor(), this::handle, e -> {
            releaseAll();
            broken.accept(e);
        });
        mailbox.post(new Begin(image));
    }

    Epoch epoch() {
        return epoch;
    }

    @Override
    public void take(long offset, byte @Nullable [] key, byte @Nullable [] value) {
        mailbox.post(new Arrived(offset, key, value));
    }

    @Override
    public int backlog() {
        return mailbox.size();
    }

    /** Closes connections, flushes, commits the release; the future completes then, or fails when it cannot be committed. */
    CompletableFuture<Void> handOver() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        mailbox.post(new HandOver(done));
        return done;
    }

    /** Closes connections at once and does nothing more; returns before the mailbox has done so. */
    void drop() {
        dropped = true;
        ports.executor().execute(() -> {
            mailbox.end();
            releaseAll();
        });
    }

    private synchronized void releaseAll() {
        slots.values().forEach(slot -> {
            slot.cancelTimers();
            slot.closeConnections();
        });
        count(-connected, -slots.size());
        slots.clear();
    }

    /** Synchronized with {@link #releaseAll}, which may come from outside the mailbox. */
    private synchronized void handle(Message message) {
        if (dropped) {
            return;
        }
        switch (message) {
            case Begin(JournalImage image) -> begin(image);
            case Arrived arrived -> command(arrived);
            case Signalled s -> signalled(s);
            case TimerFired t -> event(t.account(),
                    new SessionEvent.TimerFired(now(), t.timer(), t.due(), ports.chance().getAsDouble()));
            case Permitted(AccountId account) -> event(account, new SessionEvent.Permitted(now()));
            case Written(Transaction transaction, CommitResult result) -> written(transaction, result);
            case HandOver(CompletableFuture<Void> done) -> handOver(done);
        }
    }

    private void begin(JournalImage image) {
        Transaction transaction = new Transaction();
        image.accounts().forEach((id, account) -> {
            AccountSlot slot = restored(account, image);
            slots.put(id, slot);
            count(0, 1);
            Step step = ports.machine().apply(slot.session, new SessionEvent.Restored(now()));
            advance(slot, step, transaction, true);
        });
        commit(transaction);
    }

    /** Credentials that cannot be opened leave the account without any: it then needs a QR, and says so. */
    private AccountSlot restored(JournalRecord.AccountState account, JournalImage image) {
        Credentials credentials = Credentials.NONE;
        try {
            credentials = sealing.open(account.account(), image.credentials(account.account()));
        } catch (UnsealableException e) {
            LOG.error("{}: {}", account.account(), e.getMessage());
        }
        return new AccountSlot(account.account(), SessionMachine.restored(account, !credentials.isEmpty()),
                credentials);
    }

    private void command(Arrived arrived) {
        if (closing) {
            return;
        }
        position = arrived.offset + 1;
        Transaction transaction = new Transaction();
        switch (reader.read(partition, arrived.offset, arrived.key, arrived.value)) {
            case CommandReader.Refused(Entry letter) -> {
                ports.metrics().deadLetters.increment();
                transaction.entries.add(letter);
            }
            case CommandReader.Read(Command command) -> apply(command, transaction);
        }
        commit(transaction);
    }

    private void apply(Command command, Transaction transaction) {
        switch (command) {
            case Command.Dispatch dispatch when !dispatch.epoch().equals(epoch) ->
                // Meant for another owner: the outbox dispatches it anew under this epoch.
                ports.metrics().staleDispatches.increment();
            case Command.Dispatch dispatch -> {
                ports.metrics().dispatches.increment();
                advance(slot(dispatch.account()), new SessionEvent.DispatchOrdered(now(), dispatch), transaction);
            }
            case Command.AccountCommand order when !order.epoch().equals(epoch) -> {
                ports.metrics().commands.increment();
                transaction.entries.add(facts.answer(new SessionEffect.Answer(order, Reply.CommandResult.EXPIRED,
                        "owner_changed", "meant for another owner; nothing was done", null), now()));
            }
            case Command.AccountCommand order -> {
                ports.metrics().commands.increment();
                advance(slot(order.account()), new SessionEvent.Ordered(now(), order), transaction);
            }
        }
    }

    /** An account that is not known stands as such until its machine makes something of it. */
    private AccountSlot slot(AccountId id) {
        return slots.computeIfAbsent(id, _ -> {
            count(0, 1);
            return new AccountSlot(id, SessionMachine.unknown(), Credentials.NONE);
        });
    }

    private void signalled(Signalled s) {
        AccountSlot slot = slots.get(s.account());
        if (slot != null && s.signal() instanceof ConnectionListener.Closed) {
            slot.connections.remove(s.connection());
        }
        event(s.account(),
                new SessionEvent.Signalled(now(), s.connection(), s.signal(), ports.chance().getAsDouble()));
    }

    private void event(AccountId account, SessionEvent event) {
        AccountSlot slot = slots.get(account);
        if (slot == null || closing) {
            return;
        }
        Transaction transaction = new Transaction();
        advance(slot, event, transaction);
        commit(transaction);
    }

    private void advance(AccountSlot slot, SessionEvent event, Transaction transaction) {
        advance(slot, ports.machine().apply(slot.session, event), transaction, false);
        if (slot.session.account() == null) {
            slots.remove(slot.id);
            count(0, -1);
        }
    }

    private void advance(AccountSlot slot, Step step, Transaction transaction, boolean tellAnyway) {
        boolean was = isConnected(slot);
        recorder.record(slot, step, transaction, tellAnyway, new Acts(slot));
        boolean is = isConnected(slot);
        count((is ? 1 : 0) - (was ? 1 : 0), 0);
    }

    private static boolean isConnected(AccountSlot slot) {
        JournalRecord.AccountState account = slot.session.account();
        return account != null && account.status() == AccountStatus.CONNECTED;
    }

    private void count(int connectedMore, int accountsMore) {
        connected += connectedMore;
        ports.metrics().count(connectedMore, accountsMore);
    }

    private void commit(Transaction transaction) {
        pending.add(transaction);
        if (transaction.isOnlyActs()) {
            transaction.committed();
            doActs();
            return;
        }
        transaction.entries.add(facts.position(position, ++sequence));
        ports.log().append(new Batch(partition, tenure, Batch.Kind.WRITE, transaction.entries, position,
                result -> mailbox.post(new Written(transaction, result))));
    }

    private void written(Transaction transaction, CommitResult result) {
        if (result != CommitResult.COMMITTED) {
            // Another is the owner, or soon will be: what this loop knows is worth nothing from here on.
            throw new IllegalStateException("a batch of partition " + partition + " was not written: " + result);
        }
        transaction.committed();
        doActs();
    }

    private void doActs() {
        while (!pending.isEmpty() && pending.getFirst().isCommitted()) {
            List<Runnable> acts = pending.removeFirst().acts;
            for (Runnable act : acts) {
                if (dropped || closing || !ports.lease().isHeld()) {
                    return;
                }
                act.run();
            }
        }
    }

    private void handOver(CompletableFuture<Void> done) {
        closing = true;
        slots.values().forEach(slot -> {
            slot.cancelTimers();
            slot.closeConnections();
        });
        Batch release = new Batch(partition, tenure, Batch.Kind.WRITE,
                facts.release(partition, ports.log().incarnation(), position, ++sequence, now()), position, result -> {
                    if (result == CommitResult.COMMITTED) {
                        done.complete(null);
                    } else {
                        done.completeExceptionally(new IllegalStateException("the release was not written: " + result));
                    }
                });
        ports.log().append(release);
    }

    private Instant now() {
        return ports.clock().instant();
    }

    /** What the machine orders for one account, done on this loop after the commit. */
    private final class Acts implements Recorder.Target {
        private final AccountSlot slot;

        Acts(AccountSlot slot) {
            this.slot = slot;
        }

        @Override
        public void awaitTurn(Instant connectedSince) {
            ports.limiter().request(connectedSince, () -> mailbox.post(new Permitted(slot.id)));
        }

        @Override
        public void signalled(ConnectionNumber connection, ConnectionListener.Signal signal) {
            mailbox.post(new Signalled(slot.id, connection, signal));
        }

        @Override
        public void timer(SessionTimer timer, Instant due) {
            mailbox.post(new TimerFired(slot.id, timer, due));
        }
    }
}
