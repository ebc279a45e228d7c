package io.wafleet.worker.simulation;

import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.log.ProducerFence;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Fences producers as {@code KafkaProducerFence} does: once for each, all who ask wait for the same. */
final class SimulatedFence implements ProducerFence {
    private final Host host;
    private final Chance chance;
    private final Broker broker;
    private final boolean skipped;
    private final Consumer<TransactionalId> fencing;
    private final Map<TransactionalId, CompletableFuture<Void>> fences = new HashMap<>();

    /**
     * @param skipped whether nothing is done, though it is said to be
     * @param fencing told when the broker is about to do it
     */
    SimulatedFence(Host host, Chance chance, Broker broker, boolean skipped, Consumer<TransactionalId> fencing) {
        this.host = host;
        this.chance = chance;
        this.broker = broker;
        this.skipped = skipped;
        this.fencing = fencing;
    }

    @Override
    public CompletableFuture<Void> fence(Set<TransactionalId> producers, Duration within) {
        CompletableFuture<?>[] all = new TreeSet<>(producers).stream().map(id -> fence(id, within))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all);
    }

    private CompletableFuture<Void> fence(TransactionalId id, Duration within) {
        CompletableFuture<Void> known = fences.get(id);
        if (known != null) {
            return known;
        }
        CompletableFuture<Void> fence = new CompletableFuture<>();
        fences.put(id, fence);
        if (skipped) {
            host.after(chance.hop(), () -> fence.complete(null));
            return fence;
        }
        broker.network().call(host, 0, Math.max(1_000_000, within.toNanos()),
                () -> broker.transactions().initialize(id, () -> fencing.accept(id)), _ -> fence.complete(null), () -> {
                    fences.remove(id, fence);
                    fence.completeExceptionally(new IllegalStateException("the broker did not answer in time"));
                });
        return fence;
    }
}
