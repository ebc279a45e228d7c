package io.wafleet.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a broker of ours is set up: one node that is broker and controller, tuned for fast failover on a small machine. */
final class BrokerConfig {
    static final int NODE_ID = 1;
    static final String CONTROLLER = "CONTROLLER";

    private static final String BROKER = "PLAINTEXT";

    private BrokerConfig() {}

    /**
     * All of the configuration.
     *
     * @param controllerPort on the loopback, free; may be another one at each start
     */
    static Map<String, Object> of(EmbeddedBrokerSettings settings, int port, int controllerPort, Path logs) {
        String controller = "127.0.0.1:" + controllerPort;
        Map<String, Object> config = new LinkedHashMap<>(tuning());
        config.put("process.roles", "broker,controller");
        config.put("node.id", NODE_ID);
        config.put("controller.quorum.voters", NODE_ID + "@" + controller);
        config.put("controller.listener.names", CONTROLLER);
        config.put("listeners", BROKER + "://" + bracketed(settings.host()) + ":" + port + "," + CONTROLLER + "://"
                + controller);
        config.put("listener.security.protocol.map", BROKER + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        config.put("log.dirs", logs.toAbsolutePath().toString());
        config.put("advertised.listeners", BROKER + "://" + bracketed(settings.hostForClients()) + ":" + port);
        config.put("num.network.threads", 2);
        config.put("num.io.threads", 4);
        // 128 MB of heap by default, for a cleaner that has little to clean.
        config.put("log.cleaner.dedupe.buffer.size", 2_097_152);
        // Hundreds of partitions on one disk: smaller segments, and indexes allocated to fit them.
        config.put("log.segment.bytes", 134_217_728);
        config.put("log.index.size.max.bytes", 1_048_576);
        return config;
    }

    /**
     * What a single broker needs to serve the fleet well, by Kafka's names: short sessions are allowed, rebalances wait for nobody,
     * transactions of the dead end soon. The bounds on sessions are static settings: only the broker's own start can set them.
     */
    static Map<String, String> tuning() {
        Map<String, String> tuning = new LinkedHashMap<>();
        tuning.put("group.min.session.timeout.ms", "300");
        tuning.put("group.initial.rebalance.delay.ms", "0");
        tuning.put("group.consumer.min.session.timeout.ms", "300");
        tuning.put("group.consumer.max.session.timeout.ms", "300000");
        tuning.put("group.consumer.min.heartbeat.interval.ms", "50");
        tuning.put("group.consumer.max.heartbeat.interval.ms", "60000");
        tuning.put("group.consumer.session.timeout.ms", "1000");
        tuning.put("group.consumer.heartbeat.interval.ms", "200");
        tuning.put("group.consumer.assignment.interval.ms", "0");
        tuning.put("group.streams.min.session.timeout.ms", "300");
        tuning.put("group.streams.max.session.timeout.ms", "300000");
        tuning.put("group.streams.min.heartbeat.interval.ms", "50");
        tuning.put("group.streams.max.heartbeat.interval.ms", "60000");
        tuning.put("group.streams.session.timeout.ms", "1000");
        tuning.put("group.streams.heartbeat.interval.ms", "200");
        tuning.put("group.streams.assignment.interval.ms", "0");
        tuning.put("group.streams.initial.rebalance.delay.ms", "0");
        tuning.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "100");
        tuning.put("offsets.topic.num.partitions", "4");
        tuning.put("offsets.topic.replication.factor", "1");
        tuning.put("transaction.state.log.num.partitions", "4");
        tuning.put("transaction.state.log.replication.factor", "1");
        tuning.put("transaction.state.log.min.isr", "1");
        tuning.put("share.coordinator.state.topic.num.partitions", "1");
        tuning.put("share.coordinator.state.topic.replication.factor", "1");
        tuning.put("share.coordinator.state.topic.min.isr", "1");
        tuning.put("default.replication.factor", "1");
        tuning.put("min.insync.replicas", "1");
        tuning.put("auto.create.topics.enable", "false");
        return tuning;
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
