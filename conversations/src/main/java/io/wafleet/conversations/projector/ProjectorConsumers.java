package io.wafleet.conversations.projector;

import io.wafleet.contract.Topic;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.Timings;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** How the projector reads. */
final class ProjectorConsumers {
    /** Brokers allow no shorter one unless told so; nobody's ownership hangs on it. */
    private static final Duration LEAST_SESSION = Duration.ofSeconds(6);
    /** A store may take its time for a batch. */
    private static final Duration MAX_POLL = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String FIRST = "earliest";

    private ProjectorConsumers() {}

    /** The topics that are read, by their names on the broker. */
    static Map<String, Topic> topics(KafkaClients clients) {
        String prefix = clients.settings().topicPrefix();
        return Projection.TOPICS.stream().collect(Collectors.toUnmodifiableMap(t -> t.name(prefix), t -> t));
    }

    /**
     * A member of the group that shares the partitions. Assigned by range: the same partition of all three topics goes to the same process, so
     * that no two write to one thread at the same time.
     */
    static Consumer<byte[], byte[]> ofGroup(KafkaClients clients, Timings timings) {
        Duration session = timings.session().compareTo(LEAST_SESSION) < 0 ? LEAST_SESSION : timings.session();
        return clients.consumer("projector",
                Map.of(ConsumerConfig.GROUP_ID_CONFIG, clients.settings().topicPrefix() + "projector",
                        ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic",
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, FIRST, ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        ConversationStore.MAX_BATCH, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                        (int) session.toMillis(), ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                        (int) session.toMillis() / 3, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                        (int) MAX_POLL.toMillis()));
    }

    /** One without a group, for a rebuild. */
    static Consumer<byte[], byte[]> alone(KafkaClients clients) {
        return clients.consumer("projector-rebuild", Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, FIRST,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, ConversationStore.MAX_BATCH));
    }

    /** How many offsets of the consumer's partitions it has not read; empty when the broker does not tell. */
    static OptionalLong unread(Consumer<byte[], byte[]> consumer) {
        try {
            long unread = 0;
            for (Map.Entry<TopicPartition, Long> end : consumer.endOffsets(consumer.assignment(), PATIENCE)
                    .entrySet()) {
                unread += Math.max(0, end.getValue() - consumer.position(end.getKey(), PATIENCE));
            }
            return OptionalLong.of(unread);
        } catch (TimeoutException _) {
            return OptionalLong.empty();
        }
    }
}
