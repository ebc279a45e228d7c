package io.wafleet.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the fleet's broker is and what its topics are called; the same for every role.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param topicPrefix before each topic's name; also of group ids and transactional ids
 * @param partitions of each topic but {@code workers}; fixed once the topics exist
 * @param clientConfig properties file with further Kafka client settings (TLS, SASL), when given
 */
public record KafkaSettings(String bootstrapServers, String topicPrefix, int partitions, Optional<Path> clientConfig) {
    public static final Setting<String> BOOTSTRAP = Setting.text("kafka.bootstrap", "127.0.0.1:9092",
            "Kafka brokers, host:port, comma-separated.");
    public static final Setting<String> PREFIX = Setting.text("topic.prefix", "wafleet.",
            "Comes before the name of each topic, group and transactional id.");
    public static final Setting<Integer> PARTITIONS = Setting.integer("partitions", 64, 1, 4096,
            "Partitions of each topic: the most workers that can share the accounts; fixed once the topics exist.");
    public static final Setting<Path> CLIENT_CONFIG = Setting.path("kafka.config", "",
            "Properties file with further Kafka client settings, such as TLS and SASL.");

    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = List.of(BOOTSTRAP, PREFIX, PARTITIONS, CLIENT_CONFIG);

    public static KafkaSettings from(Settings settings) {
        String prefix = settings.get(PREFIX);
        if (!prefix.matches("[A-Za-z0-9._-]{0,100}")) {
            settings.problem(PREFIX.option() + ": must have only A-Z a-z 0-9 . _ -");
        }
        String bootstrap = settings.get(BOOTSTRAP);
        if (!bootstrap.matches("[^\\s,:]+:\\d+(,[^\\s,:]+:\\d+)*|\\[[^]]+]:\\d+(,.*)?")) {
            settings.problem(BOOTSTRAP.option() + ": must be host:port, comma-separated");
        }
        Optional<Path> config = settings.isGiven(CLIENT_CONFIG)
                ? Optional.of(settings.get(CLIENT_CONFIG))
                : Optional.empty();
        return new KafkaSettings(bootstrap, prefix, settings.get(PARTITIONS), config);
    }
}
