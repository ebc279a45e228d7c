package io.wafleet.embedded;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.health.Health;
import io.wafleet.health.PortBusyException;
import io.wafleet.health.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class EmbeddedBrokerIT {
    @TempDir
    private Path folder;

    private EmbeddedBrokerSettings settings(int port, Path dataDir) {
        return new EmbeddedBrokerSettings("127.0.0.1", port, "", dataDir);
    }

    @Test
    void keepsRecordsAcrossRestarts() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings(0, folder))) {
            Records.createTopic(broker.bootstrapServers());
            Records.write(broker.bootstrapServers(), 10);
            Records.awaitCount(broker.bootstrapServers(), 10);
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings(0, folder))) {
            assertThat(Records.count(broker.bootstrapServers())).isEqualTo(10);
            Records.write(broker.bootstrapServers(), 5);
            Records.awaitCount(broker.bootstrapServers(), 15);
        }
    }

    @Test
    void namesTheBusyPort() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings(0, folder.resolve("a")))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(settings(broker.port(), folder.resolve("b"))))
                    .isInstanceOf(PortBusyException.class).hasMessageContaining(Integer.toString(broker.port()));
        }
    }

    @Test
    void looksAgainWhenItsPortIsTakenBeforeKafkaTakesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            AtomicInteger looks = new AtomicInteger();
            ToIntFunction<String> ports = host -> looks.getAndIncrement() == 0
                    ? taken.getLocalPort()
                    : Ports.free(host);
            try (EmbeddedBroker broker = EmbeddedBroker.start(settings(0, folder), ports)) {
                Records.createTopic(broker.bootstrapServers());
                Records.write(broker.bootstrapServers(), 1);
            }
            // Broker and controller, twice.
            assertThat(looks).hasValue(4);
        }
    }

    @Test
    void refusesDataFolderOfAnotherBroker() {
        try (EmbeddedBroker _ = EmbeddedBroker.start(settings(0, folder))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(settings(0, folder))).isInstanceOf(DataDirException.class)
                    .hasMessageContaining(folder.toString()).hasMessageContaining("in use");
        }
        // And gives it back.
        EmbeddedBroker.start(settings(0, folder)).close();
    }

    @Test
    void namesFolderThatCannotBeUsed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertThatThrownBy(() -> EmbeddedBroker.start(settings(0, file))).isInstanceOf(DataDirException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void saysWhetherItRuns() {
        Health health = new Health();
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        try (EmbeddedBroker _ = EmbeddedBroker.start(settings(0, folder), metrics, health)) {
            assertThat(health.isReady()).isTrue();
            assertThat(metrics.get("wafleet.broker.running").gauge().value()).isEqualTo(1);
        }
        assertThat(health.isReady()).isFalse();
    }
}
