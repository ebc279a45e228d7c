package io.wafleet.worker.kafka;

import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.log.ProducerFence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FenceProducersOptions;

/** Fences producers by {@link Admin#fenceProducers}; ids are never reused, so each needs it only once. */
public final class KafkaProducerFence implements ProducerFence {
    private final Admin admin;
    private final Map<TransactionalId, CompletableFuture<Void>> fences = new ConcurrentHashMap<>();

    public KafkaProducerFence(Admin admin) {
        this.admin = admin;
    }

    @Override
    public CompletableFuture<Void> fence(Set<TransactionalId> producers, Duration within) {
        FenceProducersOptions options = new FenceProducersOptions().timeoutMs(Math.max(1, (int) within.toMillis()));
        return CompletableFuture
                .allOf(producers.stream().map(id -> fence(id, options)).toArray(CompletableFuture<?>[]::new));
    }

    /** All partitions of a dead worker wait for the one fencing of its producer. */
    private CompletableFuture<Void> fence(TransactionalId producer, FenceProducersOptions options) {
        CompletableFuture<Void> fence = fences.computeIfAbsent(producer, id -> admin
                .fenceProducers(List.of(id.value()), options).all().toCompletionStage().toCompletableFuture());
        var _ = fence.whenComplete((_, error) -> {
            if (error != null) {
                fences.remove(producer, fence);
            }
        });
        return fence;
    }
}
