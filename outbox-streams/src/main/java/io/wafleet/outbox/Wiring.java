package io.wafleet.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.kafka.Topics;
import io.wafleet.outbox.kafka.KafkaOutbox;
import io.wafleet.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.errors.StreamsException;

/** Puts the outbox together; the one place that takes the real clocks. */
final class Wiring {
    private Wiring() {}

    static KafkaOutbox outbox(OutboxSettings settings, MeterRegistry metrics) {
        KafkaClients clients = new KafkaClients(settings.kafka());
        try (Admin admin = clients.admin("outbox-topics")) {
            new Topics(admin, settings.kafka()).check();
        }
        Path stateDir = settings.streams().stateDir();
        try {
            Files.createDirectories(stateDir);
            return new KafkaOutbox(clients, settings.timings(), settings.policy(), settings.streams(), metrics,
                    InstantSource.system(), System::nanoTime);
        } catch (IOException e) {
            throw problem(stateDir, "cannot be made or written: " + e.getMessage());
        } catch (StreamsException e) {
            throw problem(stateDir, "is used by another outbox process, or cannot be written");
        }
    }

    private static InvalidSettingsException problem(Path stateDir, String what) {
        return new InvalidSettingsException(
                List.of(OutboxSettings.STATE_DIR.option() + ": " + stateDir + " " + what));
    }
}
