package io.wafleet.outbox.kafka;

import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The key of a record that leaves, with the partition it goes to: always the one that the task has, whatever the key, since a key
 * may be composite or unreadable.
 */
final class Outgoing {
    private final int partition;
    private final byte @Nullable [] key;

    Outgoing(int partition, byte @Nullable [] key) {
        this.partition = partition;
        this.key = key;
    }

    int partition() {
        return partition;
    }

    /** Only the key itself is written. */
    static Serializer<Outgoing> serializer() {
        return (_, outgoing) -> outgoing == null ? null : outgoing.key;
    }
}
