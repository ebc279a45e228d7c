package io.wafleet.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The broker as a process of its own, killed without warning. */
final class KilledBrokerIT {
    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void keepsAcknowledgedRecordsWhenKilled() throws Exception {
        Process process = start();
        String servers;
        try {
            servers = addressOf(process);
            Records.createTopic(servers);
            Records.write(servers, 100);
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        // On the same port, as a broker does whose port is a setting: the coordinator finishes prepared commits at the address
        // that the broker had when it died, until another transaction ends.
        int port = Integer.parseInt(servers.substring(servers.indexOf(':') + 1));
        try (EmbeddedBroker _ = EmbeddedBroker.start(new EmbeddedBrokerSettings("127.0.0.1", port, "", folder))) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(Records.count(servers)).isEqualTo(100));
            Records.write(servers, 1);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(Records.count(servers)).isEqualTo(101));
        }
    }

    private Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(List.of(java, "-Xmx256m", "-cp", System.getProperty("java.class.path"),
                Alone.class.getName(), folder.toString())).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static String addressOf(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        assertThat(line).as("the broker's address").isNotNull();
        return line;
    }

    /** The process. */
    static final class Alone {
        private Alone() {}

        public static void main(String[] args) throws InterruptedException {
            EmbeddedBroker broker = EmbeddedBroker
                    .start(new EmbeddedBrokerSettings("127.0.0.1", 0, "", Path.of(args[0])));
            System.out.println(broker.bootstrapServers());
            Thread.currentThread().join();
        }
    }
}
