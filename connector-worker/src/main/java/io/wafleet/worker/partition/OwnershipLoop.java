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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
    private final Map<Integer, Ownership> ownerships = new HashMap<>();
    private final Map<Integer, JournalSource.Reading> readings = new HashMap<>();
    private final Map<Integer, JournalImage> images = new HashMap<>();
    private final Map<Integer, Long> begun = new HashMap<>();
    private final Map<Integer, CompletableFuture<Void>> revocations = new ConcurrentHashMap<>();
    private final Map<Integer, PartitionLoop> active = new ConcurrentHashMap<>();
    private @Nullable CommandFeed feed;

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
        this.mailbox = new Mailbox<>(ports.executor(), Runnable::run, broken);
    }

    /** Where commands come from; given once, before the first assignment. */
    public void feed(CommandFeed feed) {
        mailbox.post(() -> this.feed = feed);
    }

    /** The partitions that this worker is ACTIVE for, with their epochs. */
    public Map<Integer, Epoch> active() {
        Map<Integer, Epoch> epochs = new HashMap<>();
        active.forEach((partition, loop) -> epochs.put(partition, loop.epoch()));
        return epochs;
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

    public void lost(Set<Integer> partitions) {
        all(partitions, _ -> new OwnershipEvent.Lost());
    }

    public void leaseOver() {
        // Not through the queue alone: it may be busy, and sockets must close now.
        active.values().forEach(PartitionLoop::drop);
        everywhere(new OwnershipEvent.LeaseOver());
    }

    public void leaseBack() {
        everywhere(new OwnershipEvent.LeaseBack());
    }

    public void producerReplaced() {
        everywhere(new OwnershipEvent.ProducerReplaced());
    }

    private void everywhere(OwnershipEvent event) {
        mailbox.post(() -> Set.copyOf(ownerships.keySet()).forEach(p -> handle(p, event)));
    }

    private void all(Set<Integer> partitions, Function<Integer, OwnershipEvent> event) {
        mailbox.post(() -> partitions.forEach(p -> handle(p, event.apply(p))));
    }

    private void post(int partition, OwnershipEvent event) {
        mailbox.post(() -> handle(partition, event));
    }

    private void handle(int partition, OwnershipEvent event) {
        Ownership before = ownerships.getOrDefault(partition, new Ownership.Absent(Tenure.FIRST));
        OwnershipMachine.Step step = machine.apply(before, event);
        ownerships.put(partition, step.next());
        LOG.debug("partition {}: {} + {} -> {}", partition, before, event, step.next());
        if (step.next() instanceof Ownership.Paused paused) {
            ports.metrics().stepFailures.increment();
            LOG.warn("takeover of partition {} begins anew at {}: {}", partition, paused.due(), paused.reason());
        }
        step.effects().forEach(effect -> perform(partition, effect));
    }

    private void perform(int partition, OwnershipEffect effect) {
        switch (effect) {
            case OwnershipEffect.ReadJournal(Tenure tenure) -> readJournal(partition, tenure);
            case OwnershipEffect.Prove(Tenure tenure) -> prove(partition, tenure);
            case OwnershipEffect.Fence(Tenure tenure, Set<TransactionalId> former) ->
                answer(partition, tenure, fence.fence(former, lease.left()), _ -> new OwnershipEvent.Fenced(tenure));
            case OwnershipEffect.Restore(Tenure tenure) -> restore(partition, tenure);
            case OwnershipEffect.Claim(Tenure tenure, Epoch epoch, Set<TransactionalId> former) ->
                claim(partition, tenure, epoch, former);
            case OwnershipEffect.Activate(Tenure tenure, Epoch epoch) -> activate(partition, tenure, epoch);
            case OwnershipEffect.HandOver(Tenure tenure, _) -> handOver(partition, tenure);
            case OwnershipEffect.Drop _ -> drop(partition);
            case OwnershipEffect.ShutDoor _ -> log.shutDoor(partition);
            case OwnershipEffect.LetGo _ -> letGo(partition);
            case OwnershipEffect.RetryAt(Instant due) -> {
                ports.timers().after(Duration.between(now(), due),
                        () -> post(partition, new OwnershipEvent.RetryDue()));
            }
        }
    }

    private void readJournal(int partition, Tenure tenure) {
        begun.put(partition, ports.nanos().getAsLong());
        log.openDoor(partition, tenure);
        JournalSource.Reading reading = journals.read(partition);
        readings.put(partition, reading);
        answer(partition, tenure, reading.settled(),
                former -> new OwnershipEvent.JournalRead(tenure, withoutOwn(former)));
    }

    private void prove(int partition, Tenure tenure) {
        JournalSource.Reading reading = readings.get(partition);
        long position = reading == null ? 0 : reading.position();
        log.append(new Batch(partition, tenure, Batch.Kind.PROOF, List.of(), position,
                result -> post(partition, result(tenure, result, new OwnershipEvent.Proved(tenure)))));
    }

    private void restore(int partition, Tenure tenure) {
        JournalSource.Reading reading = readings.get(partition);
        if (reading == null) {
            post(partition, new OwnershipEvent.StepFailed(tenure, now(), "no reading"));
            return;
        }
        answer(partition, tenure, reading.toEnd(), image -> {
            images.put(partition, image);
            return new OwnershipEvent.Restored(tenure, now(), image.epoch(), withoutOwn(image.owners()));
        });
    }

    private void claim(int partition, Tenure tenure, Epoch epoch, Set<TransactionalId> former) {
        JournalImage image = images.get(partition);
        long position = image == null ? 0 : image.position();
        List<Entry> entries = new Facts(ports.worker(), epoch).claim(partition, log.incarnation(), former, position,
                now());
        log.append(new Batch(partition, tenure, Batch.Kind.CLAIM, entries, position,
                result -> post(partition, result(tenure, result, new OwnershipEvent.Claimed(tenure)))));
    }

    private OwnershipEvent result(Tenure tenure, CommitResult result, OwnershipEvent committed) {
        return switch (result) {
            case COMMITTED -> committed;
            case REFUSED -> new OwnershipEvent.Refused(tenure, now());
            case DROPPED -> new OwnershipEvent.StepFailed(tenure, now(), "the partition's door was shut");
            case UNKNOWN -> new OwnershipEvent.StepFailed(tenure, now(), "the producer was given up");
        };
    }

    private void activate(int partition, Tenure tenure, Epoch epoch) {
        JournalImage image = images.remove(partition);
        CommandFeed from = feed;
        if (image == null || from == null) {
            post(partition, new OwnershipEvent.StepFailed(tenure, now(), "nothing restored"));
            return;
        }
        readings.remove(partition);
        PartitionLoop loop = new PartitionLoop(partition, tenure, epoch, ports, image, cause -> {
            LOG.warn("partition {} is taken over anew: {}", partition, cause.getMessage(), cause);
            post(partition, new OwnershipEvent.StepFailed(tenure, now(), String.valueOf(cause.getMessage())));
        });
        active.put(partition, loop);
        from.start(partition, image.position(), loop);
        long took = ports.nanos().getAsLong() - begun.getOrDefault(partition, ports.nanos().getAsLong());
        ports.metrics().takeovers.increment();
        ports.metrics().takeover.record(took, TimeUnit.NANOSECONDS);
        LOG.info("ACTIVE for partition {} under epoch {}: {} accounts, takeover took {} ms", partition, epoch,
                image.accounts().size(), took / 1_000_000);
        changed.run();
    }

    private void handOver(int partition, Tenure tenure) {
        PartitionLoop loop = active.get(partition);
        if (loop == null) {
            post(partition, new OwnershipEvent.StepFailed(tenure, now(), "nothing to hand over"));
            return;
        }
        CompletableFuture<Void> done = loop.handOver();
        ports.timers().after(handoverBound,
                () -> done.completeExceptionally(new IllegalStateException("took longer than " + handoverBound)));
        answer(partition, tenure, done, _ -> {
            active.remove(partition);
            loop.drop();
            ports.metrics().handovers.increment();
            LOG.info("handed partition {} over", partition);
            return new OwnershipEvent.Released(tenure);
        });
    }

    private void drop(int partition) {
        JournalSource.Reading reading = readings.remove(partition);
        if (reading != null) {
            reading.cancel();
        }
        images.remove(partition);
        CommandFeed from = feed;
        if (from != null) {
            from.stop(partition);
        }
        PartitionLoop loop = active.remove(partition);
        if (loop != null) {
            loop.drop();
            ports.metrics().losses.increment();
            LOG.info("dropped partition {}", partition);
            changed.run();
        }
    }

    private void letGo(int partition) {
        changed.run();
        CompletableFuture<Void> revocation = revocations.remove(partition);
        if (revocation != null) {
            revocation.complete(null);
        }
    }

    private Set<TransactionalId> withoutOwn(Set<TransactionalId> producers) {
        Set<TransactionalId> others = new HashSet<>(producers);
        others.remove(log.incarnation());
        return others;
    }

    private <T> void answer(int partition, Tenure tenure, CompletableFuture<T> future,
            Function<T, OwnershipEvent> event) {
        var _ = future.whenComplete((value, error) -> mailbox.post(() -> handle(partition, error == null
                ? event.apply(value)
                : new OwnershipEvent.StepFailed(tenure, now(), String.valueOf(error.getMessage())))));
    }

    private Instant now() {
        return ports.clock().instant();
    }

    /** Ends the loop; what is still ACTIVE is dropped. */
    @Override
    public void close() {
        mailbox.end();
        active.values().forEach(PartitionLoop::drop);
        active.clear();
    }
}
