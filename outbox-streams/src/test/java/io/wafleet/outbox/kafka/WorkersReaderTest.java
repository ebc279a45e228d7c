package io.wafleet.outbox.kafka;

import io.wafleet.kafka.KafkaClients;
import io.wafleet.outbox.core.OwnerWatch;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WorkersReaderTest {
    /** Without the reader no owner is ever called dead. The broker is not needed for this. */
    @Test
    void goesOnAfterAnyFailure() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(2);
        KafkaClients clients = new KafkaClients(
                KafkaSettings.from(Settings.of(Map.of("kafka.bootstrap", "127.0.0.1:1"))));
        WorkersReader reader = new WorkersReader(clients, new OwnerWatch(Duration.ofSeconds(5)), Duration.ofSeconds(1),
                () -> {
                    asked.countDown();
                    throw new IllegalStateException("a defect");
                });
        reader.start();
        try {
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            reader.close();
        }
    }
}
