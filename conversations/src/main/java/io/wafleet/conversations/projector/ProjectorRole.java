package io.wafleet.conversations.projector;

import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.store.Stores;
import io.wafleet.health.Health;
import io.wafleet.health.Role;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A running projector: brings what the topics tell into the store, and waits for the store for as long as it is away. */
public final class ProjectorRole implements Role {
    private final ProjectorLoop loop;

    private ProjectorRole(ProjectorLoop loop) {
        this.loop = loop;
    }

    /**
     * Checks the topics and starts; the store need not be there.
     *
     * @throws io.wafleet.settings.InvalidSettingsException when there is no such store
     * @throws io.wafleet.kafka.TopicMismatchException when topics are missing or do not fit
     * @throws io.wafleet.kafka.BrokerUnreachableException when Kafka does not answer
     */
    public static ProjectorRole start(ProjectorSettings settings, MeterRegistry metrics, Health health) {
        return start(settings, () -> Stores.open(settings.store()), metrics, health);
    }

    /** The same, on a store of a test's own. */
    static ProjectorRole start(ProjectorSettings settings, Supplier<ConversationStore> store, MeterRegistry metrics,
            Health health) {
        ProjectorLoop loop = Wiring.loop(settings, store, metrics);
        health.readyWhen("projector", loop::isReady);
        loop.start();
        return new ProjectorRole(loop);
    }

    @Override
    public String name() {
        return "projector";
    }

    @Override
    public CompletionStage<Void> failure() {
        return loop.failure();
    }

    @Override
    public void close() {
        loop.close();
    }
}
