package io.wafleet.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The broker that tests talk to, whatever it runs in. */
sealed interface BrokerUnderTest extends AutoCloseable {
    String bootstrapServers();

    void stop();

    void start();

    @Override
    void close();

    /**
     * In a container where a Docker engine answers, else embedded; {@code WAFLEET_TEST_BROKER=embedded} takes the embedded one in
     * any case. Says which.
     */
    static BrokerUnderTest startShared() {
        boolean docker = !"embedded".equals(System.getenv("WAFLEET_TEST_BROKER")) && Docker.answers();
        BrokerUnderTest broker = docker ? new InContainer() : startEmbedded();
        System.out.println(
                "Tests use " + (docker ? "a broker in a container, " + InContainer.IMAGE : "the embedded broker")
                        + " at " + broker.bootstrapServers());
        return broker;
    }

    static BrokerUnderTest startEmbedded() {
        return new Embedded();
    }

    /** In this JVM, on a folder that goes with it. */
    final class Embedded implements BrokerUnderTest {
        private final Path dataDir;
        private EmbeddedBroker broker;

        private Embedded() {
            try {
                dataDir = Files.createTempDirectory("wafleet-broker");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            broker = EmbeddedBroker.start(new EmbeddedBrokerSettings("127.0.0.1", 0, "", dataDir));
        }

        @Override
        public String bootstrapServers() {
            return broker.bootstrapServers();
        }

        @Override
        public void stop() {
            broker.close();
        }

        @Override
        public void start() {
            broker.close();
            broker = EmbeddedBroker.start(new EmbeddedBrokerSettings("127.0.0.1", broker.port(), "", dataDir));
        }

        @Override
        public void close() {
            broker.close();
            try (Stream<Path> files = Files.walk(dataDir)) {
                files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** In a container with the same tuning. */
    final class InContainer implements BrokerUnderTest {
        private static final String IMAGE = "apache/kafka-native:4.3.1";

        private final KafkaContainer container;

        private InContainer() {
            container = new KafkaContainer(DockerImageName.parse(IMAGE));
            BrokerConfig.tuning().forEach(
                    (key, value) -> container.withEnv("KAFKA_" + key.toUpperCase(Locale.ROOT).replace('.', '_'),
                            value));
            container.start();
        }

        @Override
        public String bootstrapServers() {
            return container.getBootstrapServers().replaceFirst("^[A-Z]+://", "");
        }

        @Override
        public void stop() {
            throw new IllegalStateException("a shared broker is not stopped");
        }

        @Override
        public void start() {
            throw new IllegalStateException("a shared broker is not stopped");
        }

        @Override
        public void close() {
            container.stop();
        }
    }

    /** Whether a Docker engine answers. */
    final class Docker {
        private Docker() {}

        static boolean answers() {
            return isLikely() && DockerClientFactory.instance().isDockerAvailable();
        }

        /** Testcontainers takes its time to find out that nothing is there, and logs an error: first see whether it can be. */
        private static boolean isLikely() {
            String home = System.getProperty("user.home");
            return System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"))
                    || Files.exists(Path.of(home, ".docker/run/docker.sock"))
                    || Files.exists(Path.of(home, ".testcontainers.properties"));
        }
    }
}
