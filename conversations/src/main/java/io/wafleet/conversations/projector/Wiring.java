package io.wafleet.conversations.projector;

import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.kafka.Topics;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/** Puts the projector together; the one place that takes the real clocks. */
final class Wiring {
    private Wiring() {}

    static ProjectorLoop loop(ProjectorSettings settings, Supplier<ConversationStore> store, MeterRegistry metrics) {
        KafkaClients clients = checkedClients(settings);
        StoreDoor door = door(settings, store);
        try {
            door.open();
        } catch (StoreUnavailableException _) {
            // Said in the log; the loop tries again.
        }
        return new ProjectorLoop(clients, settings.timings(), projection(settings), door,
                new ProjectorMetrics(metrics, InstantSource.system()), System::nanoTime);
    }

    static Rebuild rebuild(ProjectorSettings settings, Supplier<ConversationStore> store) {
        return new Rebuild(checkedClients(settings), projection(settings), door(settings, store), System::nanoTime);
    }

    private static KafkaClients checkedClients(ProjectorSettings settings) {
        KafkaClients clients = new KafkaClients(settings.kafka());
        try (Admin admin = clients.admin("projector-topics")) {
            new Topics(admin, settings.kafka()).check();
        }
        return clients;
    }

    private static StoreDoor door(ProjectorSettings settings, Supplier<ConversationStore> store) {
        return new StoreDoor(store, settings.longestPause(), System::nanoTime);
    }

    private static Projection projection(ProjectorSettings settings) {
        return new Projection(new AccountPartitions(settings.kafka().partitions()));
    }
}
