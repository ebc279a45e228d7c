package io.wafleet.worker.partition;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.journal.JournalImage;
import io.wafleet.worker.log.Batch;
import io.wafleet.worker.log.Batch.CommitResult;
import io.wafleet.worker.log.CommandFeed;
import io.wafleet.worker.log.Entry;
import io.wafleet.worker.log.FencedLog;
import io.wafleet.worker.log.JournalSource;
import io.wafleet.worker.log.OwnerLease;
import io.wafleet.worker.log.ProducerFence;
import io.wafleet.worker.ownership.Ownership;
import io.wafleet.worker.ownership.OwnershipEffect;
import io.wafleet.worker.ownership.OwnershipEvent;
import io.wafleet.worker.ownership.OwnershipMachine;
import io.wafleet.worker.ownership.Tenure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link OwnershipMachine} of every partition, on its mailbox, and does what it orders. It holds no rule: each outcome goes
 * back to the machine as an event.
 */
public final class OwnershipLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnershipLoop.class);

    private final OwnershipMachine machine = new OwnershipMachine();
    private final PartitionPorts ports;
    private final FencedLog log;
    private final OwnerLease lease;
    private final JournalSource journals;
    private final ProducerFence fence;
    private final Duration handoverBound;
    private final Runnable changed;
    private final Mailbox<Runnable> mailbox;
    private final PartitionLoops loops;
    private final Map<Integer, Ownership> ownerships = new HashMap<>();
    private final Map<Integer, Takeover> takeovers = new HashMap<>();
    /** Losses that are told, and not yet handled. */
    private final Map<Integer, Integer> losses = new ConcurrentHashMap<>();
    /** The newest fence of each partition. */
    private final Map<Integer, CompletableFuture<Void>> fences = new HashMap<>();
    /** Partitions whose door is being shut, with the events that wait for that. */
    private final Map<Integer, Deque<OwnershipEvent>> shutting = new HashMap<>();
    private final Map<Integer, CompletableFuture<Void>> revocations = new ConcurrentHashMap<>();

    /**
     * @param handoverBound how long giving a partition up in order may take
     * @param changed told when the partitions that this worker is ACTIVE for changed
     * @param broken told when the loop can go on no longer
     */
    public OwnershipLoop(PartitionPorts ports, JournalSource journals, ProducerFence fence, Duration handoverBound,
            Runnable changed, Consumer<RuntimeException> broken) {
        this.ports = ports;
        this.log = ports.log();
        this.lease = ports.lease();
        this.journals = journals;
        this.fence = fence;
        this.handoverBound = handoverBound;
        this.changed = changed;
        this.loops = new PartitionLoops(ports);
        this.mailbox = new Mailbox<>(ports.executor(), Runnable::run, broken);
    }

    /** Where commands come from; given once, before the first assignment. */
    public void feed(CommandFeed feed) {
        mailbox.post(() -> loops.feed(feed));
    }

    /** The partitions that this worker is ACTIVE for, with their epochs. */
    public Map<Integer, Epoch> active() {
        return loops.active();
    }

    public void assigned(Set<Integer> partitions) {
        all(partitions, _ -> new OwnershipEvent.Assigned(now(), lease.isHeld()));
    }

    /** Gives the partitions up in order; done when all of them are, whether their releases could be written or not. */
    public CompletableFuture<Void> revoked(Set<Integer> partitions) {
        CompletableFuture<?>[] gone = partitions.stream()
                .map(p -> revocations.computeIfAbsent(p, _ -> new CompletableFuture<>()))
                .toArray(CompletableFuture<?>[]::new);
        all(partitions, _ -> new OwnershipEvent.Revoked());
        return CompletableFuture.allOf(gone);
    }

    /** At once: the member may be back, and its writes be accepted again, before the queue comes to it. */
    public void lost(Set<Integer> partitions) {
        partitions.forEach(p -> {
            losses.merge(p, 1, Integer::sum);
            loops.dropNow(p);
            var _ = log.shutDoor(p);
        });
        all(partitions, _ -> new OwnershipEvent.Lost());
    }

    public void leaseOver() {
        // Not through the queue alone: it may be busy, and sockets must close now.
        loops.dropAll();
        everywhere(new OwnershipEvent.LeaseOver());
    }

    public void leaseBack() {
        everywhere(new OwnershipEvent.LeaseBack());
    }

    public void producerReplaced() {
        everywhere(new OwnershipEvent.ProducerReplaced());
    }

    private void everywhere(OwnershipEvent event) {
        mailbox.post(() -> List.copyOf(ownerships.keySet()).forEach(p -> handle(p, event)));
    }

    private void all(Set<Integer> partitions, Function<Integer, OwnershipEvent> event) {
        mailbox.post(() -> partitions.forEach(p -> handle(p, event.apply(p))));
    }

    private void post(int partition, OwnershipEvent event) {
        mailbox.post(() -> handle(partition, event));
    }

    private void handle(int partition, OwnershipEvent event) {
        Deque<OwnershipEvent> missed = shutting.get(partition);
        if (missed != null) {
            missed.addLast(event);
            return;
        }
        if (event instanceof OwnershipEvent.Lost) {
            losses.computeIfPresent(partition, (_, n) -> n == 1 ? null : n - 1);
        } else if (losses.containsKey(partition)) {
            // What happened before the loss opens no door and fences nobody after it.
            return;
        }
        Ownership before = ownerships.getOrDefault(partition, new Ownership.Absent(Tenure.FIRST));
        OwnershipMachine.Step step = machine.apply(before, event);
        ownerships.put(partition, step.next());
        LOG.debug("partition {}: {} + {} -> {}", partition, before, event, step.next());
        if (step.next() instanceof Ownership.Paused paused && !(before instanceof Ownership.Paused)) {
            ports.metrics().stepFailures.increment();
            LOG.warn("takeover of partition {} begins anew at {}: {}", partition, paused.due(), paused.reason());
        }
        performAll(partition, new ArrayDeque<>(step.effects()));
    }

    /** What comes after a shut door, be it an effect or an event, waits until it is shut; other partitions do not. */
    private void performAll(int partition, Deque<OwnershipEffect> effects) {
        while (!effects.isEmpty()) {
            OwnershipEffect effect = effects.removeFirst();
            if (effect instanceof OwnershipEffect.ShutDoor) {
                CompletableFuture<Void> shut = log.shutDoor(partition);
                if (!shut.isDone()) {
                    shutting.put(partition, new ArrayDeque<>());
                    var _ = shut.whenComplete((_, _) -> mailbox.post(() -> shut(partition, effects)));
                    return;
                }
            } else {
                perform(partition, effect);
            }
        }
    }

    private void shut(int partition, Deque<OwnershipEffect> effects) {
        Deque<OwnershipEvent> missed = shutting.remove(partition);
        performAll(partition, effects);
        if (missed != null) {
            missed.forEach(event -> handle(partition, event));
        }
    }

    private void perform(int partition, OwnershipEffect effect) {
        switch (effect) {
            case OwnershipEffect.ReadJournal(Tenure tenure) -> readJournal(partition, tenure);
            case OwnershipEffect.Prove(Tenure tenure) -> prove(partition, tenure);
            case OwnershipEffect.Fence(Tenure tenure, Set<TransactionalId> former) -> fence(partition, tenure, former);
            case OwnershipEffect.Restore(Tenure tenure) -> restore(partition, tenure);
            case OwnershipEffect.Claim(Tenure tenure, Epoch epoch, Set<TransactionalId> former) ->
                claim(partition, tenure, epoch, former);
            case OwnershipEffect.Activate(Tenure tenure, Epoch epoch) -> activate(partition, tenure, epoch);
            case OwnershipEffect.HandOver(Tenure tenure, _) -> handOver(partition, tenure);
            case OwnershipEffect.Suspend _ -> {
                loops.suspend(partition);
                changed.run();
            }
            case OwnershipEffect.GiveUp _ -> giveUp(partition);
            case OwnershipEffect.Drop _ -> drop(partition);
            case OwnershipEffect.ShutDoor _ -> throw new AssertionError("waited for by the caller");
            case OwnershipEffect.LetGo _ -> letGo(partition);
            case OwnershipEffect.RetryAt(Instant due) -> ports.timers().after(Duration.between(now(), due),
                    () -> post(partition, new OwnershipEvent.RetryDue()));
        }
    }

    private void readJournal(int partition, Tenure tenure) {
        giveUp(partition);
        log.openDoor(partition, tenure);
        Takeover takeover = new Takeover(tenure, journals.read(partition), ports.nanos());
        takeovers.put(partition, takeover);
        answer(partition, tenure, "read", takeover.read(),
                former -> new OwnershipEvent.JournalRead(tenure, withoutOwn(former)));
    }

    private void prove(int partition, Tenure tenure) {
        append(partition, tenure, Batch.Kind.PROOF, List.of(), new OwnershipEvent.Proved(tenure));
    }

    /** A process that slept after its proof must not fence whoever owns the partition by now. */
    private void fence(int partition, Tenure tenure, Set<TransactionalId> former) {
        Duration left = lease.left();
        CompletableFuture<Void> fenced = left.isZero()
                ? CompletableFuture.failedFuture(new IllegalStateException("the lease is over"))
                : fence.fence(former, left.compareTo(handoverBound) < 0 ? left : handoverBound);
        fences.put(partition, fenced);
        answer(partition, tenure, "fence", fenced, _ -> new OwnershipEvent.Fenced(tenure));
    }

    private void restore(int partition, Tenure tenure) {
        Takeover takeover = takeover(partition, tenure);
        answer(partition, tenure, "restore", takeover.restore().thenCompose(image -> withNewest(partition, image)),
                restored -> {
                    JournalImage image = restored.image();
                    takeover.restored(image);
                    return new OwnershipEvent.Restored(tenure, now(), restored.previous(), withoutOwn(image.owners()));
                });
    }

    /** A journal that was lost says nothing of the epochs before; backups do. */
    private CompletableFuture<Read> withNewest(int partition, JournalImage image) {
        return ports.backups().newestEpoch(partition, image.epoch().equals(Epoch.NONE)).thenApply(
                newest -> new Read(image, newest.isOlderThan(image.epoch()) ? image.epoch() : newest));
    }

    private record Read(JournalImage image, Epoch previous) {}

    private void claim(int partition, Tenure tenure, Epoch epoch, Set<TransactionalId> former) {
        append(partition, tenure, Batch.Kind.CLAIM,
                new Facts(ports.worker(), epoch, ports.keptMediaBytes()).claim(partition,
                        log.incarnation(), former, takeover(partition, tenure).position(), now()),
                new OwnershipEvent.Claimed(tenure));
    }

    private void append(int partition, Tenure tenure, Batch.Kind kind, List<Entry> entries,
            OwnershipEvent.StepResult committed) {
        CompletableFuture<CommitResult> written = new CompletableFuture<>();
        log.append(new Batch(partition, tenure, kind, entries, takeover(partition, tenure).position(),
                written::complete));
        answer(partition, tenure, kind.step(), written, result -> switch (result) {
            case COMMITTED -> committed;
            case REFUSED -> new OwnershipEvent.Refused(tenure, now());
            case DROPPED -> new OwnershipEvent.StepFailed(tenure, now(), "the partition's door was shut");
            case UNKNOWN -> new OwnershipEvent.StepFailed(tenure, now(), "the producer was given up");
        });
    }

    private void activate(int partition, Tenure tenure, Epoch epoch) {
        Takeover takeover = takeover(partition, tenure);
        takeovers.remove(partition);
        JournalImage image = takeover.image();
        if (image == null) {
            throw new IllegalStateException("claimed before restored");
        }
        loops.activate(partition, tenure, epoch, image, cause -> {
            LOG.warn("partition {} is taken over anew: {}", partition, cause.getMessage(), cause);
            post(partition, new OwnershipEvent.StepFailed(tenure, now(), String.valueOf(cause.getMessage())));
        });
        ports.metrics().takenOver(takeover);
        LOG.info("ACTIVE for partition {} under epoch {}: {} accounts, takeover took {} ms {}", partition, epoch,
                image.accounts().size(), takeover.took().toMillis(), takeover.laps());
        changed.run();
    }

    private void handOver(int partition, Tenure tenure) {
        CompletableFuture<Void> done = loops.handOver(partition);
        ports.timers().after(handoverBound,
                () -> done.completeExceptionally(new IllegalStateException("took longer than " + handoverBound)));
        answer(partition, tenure, "release", done, _ -> {
            loops.drop(partition);
            ports.metrics().handovers.increment();
            LOG.info("handed partition {} over", partition);
            return new OwnershipEvent.Released(tenure);
        });
    }

    private void giveUp(int partition) {
        Takeover takeover = takeovers.remove(partition);
        if (takeover != null) {
            takeover.giveUp();
        }
    }

    private void drop(int partition) {
        giveUp(partition);
        if (loops.drop(partition)) {
            ports.metrics().losses.increment();
            LOG.info("dropped partition {}", partition);
            changed.run();
        }
    }

    private void letGo(int partition) {
        changed.run();
        CompletableFuture<Void> revocation = revocations.remove(partition);
        CompletableFuture<Void> fenced = fences.remove(partition);
        if (revocation != null) {
            // A fence still on its way must not hit the next owner, who may be the one that it is meant for.
            var _ = (fenced == null ? CompletableFuture.completedFuture(null) : fenced)
                    .whenComplete((_, _) -> revocation.complete(null));
        }
    }

    private Takeover takeover(int partition, Tenure tenure) {
        Takeover takeover = takeovers.get(partition);
        if (takeover == null || !takeover.tenure().equals(tenure)) {
            throw new IllegalStateException("no takeover of partition " + partition + " under way in " + tenure);
        }
        return takeover;
    }

    private Set<TransactionalId> withoutOwn(Set<TransactionalId> producers) {
        Set<TransactionalId> others = new HashSet<>(producers);
        others.remove(log.incarnation());
        return others;
    }

    private <T> void answer(int partition, Tenure tenure, String step, CompletableFuture<T> future,
            Function<T, OwnershipEvent> event) {
        var _ = future.whenComplete((value, error) -> mailbox.post(() -> {
            Takeover takeover = takeovers.get(partition);
            if (takeover != null && takeover.tenure().equals(tenure)) {
                takeover.lap(step);
            }
            handle(partition, error == null
                    ? event.apply(value)
                    : new OwnershipEvent.StepFailed(tenure, now(), step + ": " + error.getMessage()));
        }));
    }

    private Instant now() {
        return ports.clock().instant();
    }

    /** Ends the loop; what is still ACTIVE is dropped. */
    @Override
    public void close() {
        mailbox.end();
        loops.dropAll();
    }
}
