package io.wafleet.contract;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The catalogue of topics. Each but {@link #WORKERS} has the fleet's number of partitions. */
public enum Topic {
    COMMANDS("commands", Cleanup.DELETE, Duration.ofDays(7)), OUTBOX("outbox", Cleanup.DELETE,
            Duration.ofDays(7)), EVENTS("events", Cleanup.DELETE, Duration.ofDays(7)), REPLIES("replies",
                    Cleanup.DELETE,
                    Duration.ofHours(1)), JOURNAL("journal", Cleanup.COMPACT, null), ACCOUNT_STATUS("account-status",
                            Cleanup.COMPACT, null), MESSAGE_STATUS("message-status", Cleanup.COMPACT_AND_DELETE,
                                    Duration.ofDays(30)), WORKERS("workers", Cleanup.COMPACT,
                                            null), DEAD_LETTERS("dead-letters", Cleanup.DELETE, Duration.ofDays(30));

    private enum Cleanup {
        DELETE("delete"), COMPACT("compact"), COMPACT_AND_DELETE("compact,delete");

        private final String config;

        Cleanup(String config) {
            this.config = config;
        }
    }

    private final String suffix;
    private final Cleanup cleanup;
    private final @Nullable Duration retention;

    Topic(String suffix, Cleanup cleanup, @Nullable Duration retention) {
        this.suffix = suffix;
        this.cleanup = cleanup;
        this.retention = retention;
    }

    /** The topic's name on the broker. */
    public String name(String prefix) {
        return prefix + suffix;
    }

    /** The name without prefix, as documents and metrics say it. */
    public String suffix() {
        return suffix;
    }

    /** How many partitions it has in a fleet of {@code fleetPartitions}. */
    public int partitions(int fleetPartitions) {
        return this == WORKERS ? 1 : fleetPartitions;
    }

    /** The topic's own settings, by Kafka's names. */
    public Map<String, String> config() {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("cleanup.policy", cleanup.config);
        if (retention != null) {
            config.put("retention.ms", Long.toString(retention.toMillis()));
        }
        if (this == JOURNAL) {
            config.putAll(compactedSoon());
        }
        return config;
    }

    /** For a topic that is read from its beginning in a hurry: only a closed segment is compacted, so they are small and short. */
    public static Map<String, String> compactedSoon() {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("segment.bytes", Integer.toString(32 * 1024 * 1024));
        config.put("segment.ms", Long.toString(Duration.ofHours(1).toMillis()));
        config.put("max.compaction.lag.ms", Long.toString(Duration.ofHours(1).toMillis()));
        return config;
    }
}
