package io.wafleet.embedded;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * One KRaft node, controller and broker, put together as Kafka's own {@code KafkaRaftServer} does it, but for one step between the
 * two: what a killed broker left in the metadata log, a registration that says it lives, is withdrawn before the broker starts.
 *
 * <p>A broker that starts over such a registration serves under it until the controller lets it expire and takes a new one (9 s), and
 * at that switch partitions have no leader for a moment. A transaction coordinator that is just ending a prepared transaction takes
 * them for deleted, writes no marker, and counts the transaction as complete: whoever reads committed records waits at it for ever
 * (seen with 4.3.1, about one kill in four). Withdrawn first, the broker starts like one that was stopped in order, and at once.
 */
final class KraftNode {
    private static final Logger LOG = LoggerFactory.getLogger(KraftNode.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

    private final boolean wasKilled;
    private final ControllerServer controller;
    private final BrokerServer broker;

    /**
     * Prepares the node; nothing runs yet.
     *
     * @param wasKilled whether the last node on this folder ended without closing its logs
     */
    KraftNode(Map<String, Object> settings, boolean wasKilled) {
        this.wasKilled = wasKilled;
        KafkaConfig config = new KafkaConfig(settings, false);
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> onDisk = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        Metrics metrics = Server.initializeMetrics(config, Time.SYSTEM, onDisk._1().clusterId().orElseThrow());
        QuorumConfig quorum = config.quorumConfig();
        SharedServer shared = new SharedServer(config, onDisk._1(), Time.SYSTEM, metrics,
                CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
                QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()), new StandardFaultHandlerFactory(),
                ServerSocketFactory.INSTANCE);
        this.broker = new BrokerServer(shared);
        this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), onDisk._2());
    }

    /** Returns when the broker accepts clients. */
    void start() {
        controller.startup();
        if (wasKilled) {
            withdrawFormerRegistration();
        }
        broker.startup();
    }

    private void withdrawFormerRegistration() {
        ControllerRequestContext request = new ControllerRequestContext(new RequestHeaderData(),
                KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isWithdrawn(request)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the controller does not become active");
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
    }

    /** False while the controller, alone as it is, has not yet elected itself. */
    private boolean isWithdrawn(ControllerRequestContext request) {
        try {
            controller.controller().unregisterBroker(request, BrokerConfig.NODE_ID).get(PATIENCE.toSeconds(),
                    TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case NotControllerException _ -> false;
                // It was killed before its first one, or after it was withdrawn.
                case BrokerIdNotRegisteredException _ -> true;
                case null, default -> throw new IllegalStateException("the former registration cannot be withdrawn",
                        e.getCause());
            };
        } catch (TimeoutException e) {
            throw new IllegalStateException("the controller does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker starts", e);
        }
    }

    /** Ends the broker first, which takes leave of the controller. */
    void close() {
        broker.shutdown();
        controller.shutdown();
        broker.awaitShutdown();
        controller.awaitShutdown();
    }
}
