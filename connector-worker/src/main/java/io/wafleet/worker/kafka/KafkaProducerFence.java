package io.wafleet.worker.kafka;

import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.log.ProducerFence;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FenceProducersOptions;

/** Fences producers by {@link Admin#fenceProducers}; ids are never reused, so each needs it only once. */
public final class KafkaProducerFence implements ProducerFence {
    private final Admin admin;
    private final Set<TransactionalId> fenced = ConcurrentHashMap.newKeySet();

    public KafkaProducerFence(Admin admin) {
        this.admin = admin;
    }

    @Override
    public CompletableFuture<Void> fence(Set<TransactionalId> producers, Duration within) {
        Set<TransactionalId> open = producers.stream().filter(id -> !fenced.contains(id)).collect(Collectors.toSet());
        if (open.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        FenceProducersOptions options = new FenceProducersOptions().timeoutMs(Math.max(1, (int) within.toMillis()));
        return admin.fenceProducers(open.stream().map(TransactionalId::value).toList(), options).all()
                .toCompletionStage().toCompletableFuture().thenRun(() -> fenced.addAll(open));
    }
}
