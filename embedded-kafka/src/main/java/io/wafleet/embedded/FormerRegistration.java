package io.wafleet.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.utils.Time;

/**
 * What a killed broker leaves in the metadata log: a registration that says it lives.
 *
 * <p>A broker that starts over it serves under it until the controller lets it expire and takes a new one (9 s), and at that
 * switch partitions have no leader for a moment. A transaction coordinator that is just ending a prepared transaction takes them
 * for deleted, writes no marker, and counts the transaction as complete: whoever reads committed records waits at it for ever
 * (seen with 4.3.1, about one kill in four). Withdrawn first, the broker starts like one that was stopped in order, and at once.
 */
final class FormerRegistration {
    private static final int TIMEOUT_SECONDS = 30;

    private FormerRegistration() {}

    /** Runs the controller alone for as long as that takes. */
    static void withdraw(Path logs) {
        int port = Ports.check("127.0.0.1", 0);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(BrokerConfig.controller(port, logs), false),
                Time.SYSTEM);
        try {
            server.startup();
            unregister(port);
        } finally {
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private static void unregister(int controllerPort) {
        try (Admin admin = Admin.create(Map.of("bootstrap.controllers", "127.0.0.1:" + controllerPort, "client.id",
                "former-registration", "enable.metrics.push", false))) {
            admin.unregisterBroker(BrokerConfig.NODE_ID).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof BrokerIdNotRegisteredException)) {
                throw new IllegalStateException("the former registration cannot be withdrawn", e.getCause());
            }
            // It was killed before its first one, or after it was withdrawn.
        } catch (TimeoutException e) {
            throw new IllegalStateException("the controller does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker starts", e);
        }
    }
}
