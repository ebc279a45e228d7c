package io.wafleet.worker.partition;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Epoch;
import io.wafleet.worker.backup.Copy;
import io.wafleet.worker.journal.JournalImage;
import io.wafleet.worker.log.Batch;
import io.wafleet.worker.log.Batch.CommitResult;
import io.wafleet.worker.log.CommandFeed;
import io.wafleet.worker.ownership.Tenure;
import io.wafleet.worker.partition.PartitionMessage.Arrived;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * ACTIVE for one partition: writes what the accounts' machines decide in one transaction with the position, and does what they order
 * once that is committed. When each message is taken is decided here, what becomes of it in {@link Reception}. Everything happens on
 * its mailbox, one message at a time.
 *
 * <p>Suspended, it keeps its connections but is silent: what they tell is held until it is resumed under a new epoch, or dropped.
 */
final class PartitionLoop {
    private enum Phase {
        ACTIVE, SUSPENDED, CLOSING
    }

    /** How long the first commands after an empty journal wait for the backups at most. */
    private static final Duration BACKUPS_PATIENCE = Duration.ofSeconds(1);

    private final int partition;
    private final PartitionPorts ports;
    private final Accounts accounts;
    private final Reception reception;
    private final UnreadableRecords unreadable;
    private final Mailbox<PartitionMessage> mailbox;
    private final Consumer<RuntimeException> broken;
    private final Undone undone = new Undone();
    private final Deque<PartitionMessage.FromOutside> held = new ArrayDeque<>();
    private Phase phase = Phase.ACTIVE;
    private Tenure tenure;
    private Epoch epoch;
    private Facts facts;
    private volatile boolean dropped;
    /** Whether commands wait for accounts that a lost journal knew: one that adds such an account would have it paired anew. */
    private boolean awaitsBackups;
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
        this.broken = broken;
        this.facts = new Facts(ports.worker(), epoch, ports.keptMediaBytes());
        this.accounts = new Accounts(ports, new Recorder(facts, ports), copies(),
                id -> new AccountTarget(id, this::post, ports));
        this.reception = new Reception(partition, ports, accounts, epoch, facts);
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
        ports.backups().lost(partition);
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
            case PartitionMessage.BackupsSettled(Epoch asked) -> backupsSettled(asked);
            case PartitionMessage.FromOutside told -> {
                switch (phase) {
                    case ACTIVE -> {
                        if (awaitsBackups && told instanceof Arrived) {
                            held.add(told);
                        } else {
                            take(told);
                        }
                    }
                    case SUSPENDED -> held.add(told);
                    case CLOSING -> {
                        // The next owner hears of it: what is not committed was not acknowledged to anyone.
                    }
                }
            }
        }
    }

    private void take(PartitionMessage.FromOutside told) {
        if (told instanceof Arrived arrived) {
            if (arrived.intake() != intake) {
                return;
            }
            position = arrived.offset() + 1;
        }
        commit(reception.take(told));
    }

    private void begin(JournalImage image, Intake begun) {
        Transaction transaction = new Transaction();
        startFrom(image, begun);
        unreadable.bury(image, facts, now(), transaction.entries);
        accounts.restore(image, now(), transaction);
        commit(transaction);
        askBackups(image);
    }

    private void askBackups(JournalImage image) {
        awaitsBackups = image.epoch().equals(Epoch.NONE);
        if (awaitsBackups) {
            Epoch asked = epoch;
            ports.timers().after(BACKUPS_PATIENCE, () -> post(new PartitionMessage.BackupsSettled(asked)));
        }
        Set<AccountId> known = image.known();
        ports.backups().restore(partition, epoch, known::contains, new FromBackups(epoch, this::post, broken));
    }

    private void backupsSettled(Epoch asked) {
        if (awaitsBackups && asked.equals(epoch)) {
            awaitsBackups = false;
            if (phase == Phase.ACTIVE) {
                takeHeld();
            }
        }
    }

    private void takeHeld() {
        while (!held.isEmpty()) {
            take(held.removeFirst());
        }
    }

    private Copies copies() {
        return new Copies(ports.backups(), partition, epoch);
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
        accounts.recordWith(new Recorder(facts, ports), copies());
        reception.under(epoch, facts);
        startFrom(resume.image(), resume.intake());
        Set<AccountId> anew = undone.clear();
        Transaction transaction = new Transaction();
        accounts.resume(resume.image(), anew, now(), transaction);
        commit(transaction);
        askBackups(resume.image());
        takeHeld();
    }

    private void commit(Transaction transaction) {
        undone.add(transaction);
        if (transaction.isOnlyActs()) {
            transaction.committed();
            act();
            return;
        }
        transaction.sequence = ++sequence;
        transaction.entries.add(facts.position(position, sequence));
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
        List<Copy> copies = accounts.last(undone.accounts(), ++sequence);
        Batch release = new Batch(partition, tenure, Batch.Kind.WRITE,
                facts.release(partition, ports.log().incarnation(), position, sequence, now()), position, result -> {
                    if (result == CommitResult.COMMITTED) {
                        copies.forEach(copy -> ports.backups().keep(copy, true));
                        ports.backups().handedOver(partition);
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
