package io.wafleet.worker.partition;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Command;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Reply;
import io.wafleet.worker.connector.ConnectionListener;
import io.wafleet.worker.journal.JournalImage;
import io.wafleet.worker.log.Batch;
import io.wafleet.worker.log.Batch.CommitResult;
import io.wafleet.worker.log.CommandFeed;
import io.wafleet.worker.log.Entry;
import io.wafleet.worker.ownership.Tenure;
import io.wafleet.worker.partition.PartitionMessage.Arrived;
import io.wafleet.worker.session.CloseMeaning;
import io.wafleet.worker.session.SessionEffect;
import io.wafleet.worker.session.SessionEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * ACTIVE for one partition: feeds each account's machine, writes what it decides in one transaction with the position, and does what
 * it orders once that is committed. Everything happens on its mailbox, one message at a time.
 *
 * <p>Suspended, it keeps its connections but is silent: what they tell is held until it is resumed under a new epoch, or dropped.
 */
final class PartitionLoop {
    private enum Phase {
        ACTIVE, SUSPENDED, CLOSING
    }

    private final int partition;
    private final PartitionPorts ports;
    private final Accounts accounts;
    private final CommandReader reader;
    private final UnreadableRecords unreadable;
    private final Mailbox<PartitionMessage> mailbox;
    private final Undone undone = new Undone();
    private final Deque<PartitionMessage.FromOutside> held = new ArrayDeque<>();
    private Phase phase = Phase.ACTIVE;
    private Tenure tenure;
    private Epoch epoch;
    private Facts facts;
    private volatile boolean dropped;
    private @Nullable Intake intake;
    private long position;
    private long sequence;

    /**
     * @param broken told when the loop's state can be trusted no more
     */
    PartitionLoop(int partition, Tenure tenure, Epoch epoch, PartitionPorts ports, Consumer<RuntimeException> broken) {
        this.partition = partition;
        this.tenure = tenure;
        this.epoch = epoch;
        this.ports = ports;
        this.facts = new Facts(ports.worker(), epoch, ports.keptMediaBytes());
        this.accounts = new Accounts(ports, new Recorder(facts, ports), id -> new AccountTarget(id, this::post, ports));
        this.reader = new CommandReader(ports.topicPrefix(), ports.partitions());
        this.unreadable = new UnreadableRecords(ports.topicPrefix(), partition);
        this.mailbox = new Mailbox<>(ports.executor(), this::handle, e -> {
            forgetAll();
            broken.accept(e);
        });
    }

    /** Begins to act on what the journal says; commands are to be fed from its position. */
    CommandFeed.Sink begin(JournalImage image) {
        Intake begun = new Intake();
        post(new PartitionMessage.Begin(image, begun));
        return begun;
    }

    /** Acts no more, until resumed. */
    void suspend() {
        post(new PartitionMessage.Suspend());
    }

    /** Acts on under a new epoch, with nobody having acted in between; commands are to be fed from the image's position. */
    CommandFeed.Sink resume(Tenure newTenure, Epoch newEpoch, JournalImage image) {
        Intake begun = new Intake();
        post(new PartitionMessage.Resume(newTenure, newEpoch, image, begun));
        return begun;
    }

    /** Closes connections, flushes, commits the release; the future completes then, or fails when it cannot be committed. */
    CompletableFuture<Void> handOver() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        post(new PartitionMessage.HandOver(done));
        return done;
    }

    /** Closes connections at once and does nothing more; returns before the mailbox has done so. */
    void drop() {
        dropped = true;
        ports.executor().execute(() -> {
            mailbox.end();
            forgetAll();
        });
    }

    private synchronized void forgetAll() {
        accounts.forgetAll();
    }

    private void post(PartitionMessage message) {
        mailbox.post(message);
    }

    /** Synchronized with {@link #forgetAll}, which may come from outside the mailbox. */
    private synchronized void handle(PartitionMessage message) {
        if (dropped) {
            return;
        }
        switch (message) {
            case PartitionMessage.Begin(JournalImage image, Intake begun) -> begin(image, begun);
            case PartitionMessage.Suspend _ -> suspended();
            case PartitionMessage.Resume resume -> resume(resume);
            case PartitionMessage.Written(Transaction transaction, CommitResult result) -> written(transaction, result);
            case PartitionMessage.HandOver(CompletableFuture<Void> done) -> handOver(done);
            case PartitionMessage.FromOutside told -> {
                switch (phase) {
                    case ACTIVE -> take(told);
                    case SUSPENDED -> held.add(told);
                    case CLOSING -> {
                        // The next owner hears of it: what is not committed was not acknowledged to anyone.
                    }
                }
            }
        }
    }

    private void take(PartitionMessage.FromOutside told) {
        switch (told) {
            case Arrived arrived -> command(arrived);
            case PartitionMessage.Signalled s -> signalled(s);
            case PartitionMessage.TimerFired t -> event(t.account(),
                    new SessionEvent.TimerFired(now(), t.timer(), t.due(), ports.chance().getAsDouble()));
            case PartitionMessage.MediaBrought m -> event(m.account(),
                    new SessionEvent.MediaBrought(now(), m.connection(), m.message(), epoch, m.media()));
            case PartitionMessage.Permitted permitted -> {
                Transaction transaction = new Transaction();
                accounts.apply(permitted.account(), new SessionEvent.Permitted(now()), transaction);
                transaction.acts.add(permitted.turn()::end);
                commit(transaction);
            }
        }
    }

    private void signalled(PartitionMessage.Signalled told) {
        Transaction transaction = new Transaction();
        accounts.apply(told.account(),
                new SessionEvent.Signalled(now(), told.connection(), told.signal(), ports.chance().getAsDouble()),
                transaction);
        if (told.signal() instanceof ConnectionListener.MessageArrived) {
            ports.metrics().inbound.increment();
        }
        if (told.signal() instanceof ConnectionListener.Closed closed) {
            ports.metrics().closed(CloseMeaning.of(closed));
            // Not before what was ordered earlier is done, such as to log a stranger's phone out that WhatsApp just sent away with 515.
            transaction.acts.add(() -> accounts.ended(told.account(), told.connection()));
        }
        commit(transaction);
    }

    private void begin(JournalImage image, Intake begun) {
        Transaction transaction = new Transaction();
        startFrom(image, begun);
        unreadable.bury(image, facts, now(), transaction.entries);
        accounts.restore(image, now(), transaction);
        commit(transaction);
    }

    private void startFrom(JournalImage image, Intake begun) {
        intake = begun;
        position = image.position();
        sequence = 0;
    }

    private void suspended() {
        if (phase == Phase.ACTIVE) {
            phase = Phase.SUSPENDED;
        }
    }

    private void resume(PartitionMessage.Resume resume) {
        if (phase == Phase.CLOSING) {
            return;
        }
        phase = Phase.ACTIVE;
        tenure = resume.tenure();
        epoch = resume.epoch();
        facts = new Facts(ports.worker(), epoch, ports.keptMediaBytes());
        accounts.recordWith(new Recorder(facts, ports));
        startFrom(resume.image(), resume.intake());
        Set<AccountId> anew = undone.clear();
        Transaction transaction = new Transaction();
        accounts.resume(resume.image(), anew, now(), transaction);
        commit(transaction);
        while (!held.isEmpty()) {
            take(held.removeFirst());
        }
    }

    private void command(Arrived arrived) {
        if (arrived.intake() != intake) {
            return;
        }
        position = arrived.offset() + 1;
        Transaction transaction = new Transaction();
        switch (reader.read(partition, arrived.offset(), arrived.key(), arrived.value())) {
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
                accounts.order(dispatch.account(), new SessionEvent.DispatchOrdered(now(), dispatch), transaction);
            }
            case Command.AccountCommand order when !order.epoch().equals(epoch) -> {
                ports.metrics().commands.increment();
                transaction.entries.add(facts.answer(new SessionEffect.Answer(order, Reply.CommandResult.EXPIRED,
                        "owner_changed", "meant for another owner; nothing was done", null), now()));
            }
            case Command.AccountCommand order -> {
                ports.metrics().commands.increment();
                accounts.order(order.account(), new SessionEvent.Ordered(now(), order), transaction);
            }
        }
    }

    private void event(AccountId account, SessionEvent event) {
        Transaction transaction = new Transaction();
        accounts.apply(account, event, transaction);
        commit(transaction);
    }

    private void commit(Transaction transaction) {
        undone.add(transaction);
        if (transaction.isOnlyActs()) {
            transaction.committed();
            act();
            return;
        }
        transaction.entries.add(facts.position(position, ++sequence));
        ports.log().append(new Batch(partition, tenure, Batch.Kind.WRITE, transaction.entries, position,
                result -> post(new PartitionMessage.Written(transaction, result))));
    }

    private void written(Transaction transaction, CommitResult result) {
        if (!undone.holds(transaction)) {
            return;
        }
        switch (result) {
            case COMMITTED -> {
                transaction.committed();
                act();
            }
            // The producer was replaced, or this partition is about to be dropped: whoever did that tells.
            case UNKNOWN, DROPPED -> suspended();
            case REFUSED -> throw new IllegalStateException("a batch was refused for good: another is the owner");
        }
    }

    private void act() {
        undone.actWhile(() -> !dropped && phase == Phase.ACTIVE && ports.lease().isHeld());
    }

    private void handOver(CompletableFuture<Void> done) {
        phase = Phase.CLOSING;
        accounts.disconnectAll();
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

    /** Takes the commands of one feeding; what an earlier one still brings is known as such. */
    final class Intake implements CommandFeed.Sink {
        @Override
        public void take(long offset, byte @Nullable [] key, byte @Nullable [] value) {
            post(new Arrived(this, offset, key, value));
        }

        @Override
        public int backlog() {
            return mailbox.size();
        }
    }
}
