package io.wafleet.worker.kafka;

import io.wafleet.contract.JournalKey;
import io.wafleet.contract.TransactionalId;
import io.wafleet.contract.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What lies in journals beyond the last stable offset: records whose transactions may still be committed or rolled back. One thread at a
 * time.
 */
final class UnsettledTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private final Consumer<byte[], byte[]> uncommitted;
    private volatile boolean closed;

    /** A stretch of a journal, from its last stable offset to its end. */
    record Stretch(long from, long to) {}

    /**
     * @param uncommitted reads what is not committed, too
     */
    UnsettledTail(Consumer<byte[], byte[]> uncommitted) {
        this.uncommitted = uncommitted;
    }

    /** Where the journals end, settled or not. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return uncommitted.endOffsets(partitions);
    }

    /** The producers that claim a partition in its stretch; those that come after this look are found in the restored journal. */
    Map<TopicPartition, Set<TransactionalId>> claims(Map<TopicPartition, Stretch> stretches) {
        Map<TopicPartition, Set<TransactionalId>> claims = new HashMap<>();
        Map<TopicPartition, Stretch> open = new HashMap<>(stretches);
        uncommitted.assign(open.keySet());
        open.forEach((partition, stretch) -> uncommitted.seek(partition, stretch.from()));
        while (!open.isEmpty() && !closed) {
            for (ConsumerRecord<byte[], byte[]> record : uncommitted.poll(POLL)) {
                TransactionalId claimant = claimant(record);
                if (claimant != null) {
                    claims.computeIfAbsent(new TopicPartition(record.topic(), record.partition()),
                            _ -> new HashSet<>()).add(claimant);
                }
            }
            open.entrySet().removeIf(one -> uncommitted.position(one.getKey()) >= one.getValue().to());
        }
        return claims;
    }

    private static @Nullable TransactionalId claimant(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return null;
        }
        try {
            return JournalKey.parse(new String(record.key(), StandardCharsets.UTF_8)) instanceof JournalKey.Owner owner
                    ? owner.transactionalId()
                    : null;
        } catch (UnreadableRecordException _) {
            return null;
        }
    }

    /** Ends a look under way, from any thread. */
    void wakeUp() {
        closed = true;
        uncommitted.wakeup();
    }

    @Override
    public void close() {
        uncommitted.close();
    }
}
