package io.wafleet.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.health.Health;
import io.wafleet.health.Role;
import io.wafleet.outbox.kafka.KafkaOutbox;
import java.util.concurrent.CompletionStage;

/** A running outbox: accepts messages, sends each as it should be, and keeps the status changelogs. */
public final class OutboxRole implements Role {
    private final KafkaOutbox outbox;

    private OutboxRole(KafkaOutbox outbox) {
        this.outbox = outbox;
    }

    /**
     * Checks the topics and starts.
     *
     * @throws io.wafleet.settings.InvalidSettingsException when the state folder cannot be used
     * @throws io.wafleet.kafka.TopicMismatchException when topics are missing or do not fit
     * @throws io.wafleet.kafka.BrokerUnreachableException when Kafka does not answer
     */
    public static OutboxRole start(OutboxSettings settings, MeterRegistry metrics, Health health) {
        KafkaOutbox outbox = Wiring.outbox(settings, metrics);
        health.readyWhen("outbox", outbox::isReady);
        outbox.start();
        return new OutboxRole(outbox);
    }

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public CompletionStage<Void> failure() {
        return outbox.failure();
    }

    @Override
    public void close() {
        outbox.close();
    }
}
