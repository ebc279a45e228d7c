package io.wafleet.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.contract.WorkerId;
import io.wafleet.health.Health;
import io.wafleet.health.Role;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A connector worker: claims accounts by owning partitions, and keeps their WhatsApp connections alive. */
public final class WorkerRole implements Role {
    private final WorkerId worker;
    private final Wiring wiring;
    private final CompletableFuture<Void> failure;

    private WorkerRole(WorkerId worker, Wiring wiring, CompletableFuture<Void> failure) {
        this.worker = worker;
        this.wiring = wiring;
        this.failure = failure;
    }

    /**
     * Starts a worker; it joins the fleet by itself.
     *
     * @throws io.wafleet.kafka.BrokerUnreachableException when Kafka does not answer
     * @throws io.wafleet.kafka.TopicMismatchException when the topics are missing or do not fit
     */
    public static WorkerRole start(WorkerSettings settings, MeterRegistry metrics, Health health) {
        CompletableFuture<Void> failure = new CompletableFuture<>();
        return new WorkerRole(settings.worker(), Wiring.start(settings, metrics, health, failure), failure);
    }

    @Override
    public String name() {
        return worker.value();
    }

    @Override
    public CompletionStage<Void> failure() {
        return failure;
    }

    @Override
    public void close() {
        wiring.close();
    }
}
