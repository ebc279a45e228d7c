package io.wafleet.conversations.projector;

import io.wafleet.contract.Topic;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.conversations.Change;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A record that was read, and what it changes.
 *
 * @param changes those that can be stored
 * @param poison why the record belongs on the dead letters; null: it does not
 */
record Item(ConsumerRecord<byte[], byte[]> record, List<Change> changes, @Nullable String poison) {
    /**
     * Reads a record.
     *
     * @param topics by their names
     */
    static Item of(ConsumerRecord<byte[], byte[]> record, Map<String, Topic> topics, Projection projection) {
        Topic topic = topics.get(record.topic());
        if (topic == null) {
            throw new IllegalStateException("nobody subscribed to " + record.topic());
        }
        try {
            return new Item(record, projection.read(topic, record.partition(), record.key(), record.value()), null);
        } catch (UnreadableRecordException e) {
            return new Item(record, List.of(), String.valueOf(e.getMessage()));
        }
    }

    TopicPartition partition() {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** Whether the change is one of its own. */
    boolean has(Change change) {
        return changes.contains(change);
    }

    /** The same, but for one change that no store can keep. */
    Item without(Change change, String why) {
        return new Item(record, changes.stream().filter(c -> !c.equals(change)).toList(), why);
    }

    /** Messages are private. */
    @Override
    public String toString() {
        return "Item[" + partition() + "@" + record.offset() + ", " + changes.size() + " changes]";
    }
}
