package io.wafleet.conversations.projector;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;

/** Up to where what was read is kept, and not yet committed. Used by one thread. */
final class Positions {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
    private long newestMs;

    /** A batch is kept. */
    void kept(List<Item> batch) {
        for (Item item : batch) {
            uncommitted.put(item.partition(), new OffsetAndMetadata(item.record().offset() + 1));
            newestMs = Math.max(newestMs, item.record().timestamp());
        }
    }

    /** When the newest of what is kept was written, in ms. */
    long newestMs() {
        return newestMs;
    }

    /**
     * Commits all, if possible: when the broker is away, or in the middle of a rebalance, the next time will do.
     *
     * @throws org.apache.kafka.common.KafkaException when this consumer cannot commit any more
     */
    void commit(Consumer<byte[], byte[]> consumer) {
        if (uncommitted.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(Map.copyOf(uncommitted), PATIENCE);
            uncommitted.clear();
        } catch (RebalanceInProgressException | TimeoutException _) {
            // What is not committed is read again, which changes nothing.
        }
    }

    void forget(Collection<TopicPartition> partitions) {
        uncommitted.keySet().removeAll(partitions);
    }

    void clear() {
        uncommitted.clear();
    }
}
