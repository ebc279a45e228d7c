package io.wafleet.outbox.kafka;

import io.wafleet.contract.Topic;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Lets what happened go before what is asked: Streams takes the record with the earliest timestamp, and an event's is read as ten minutes
 * earlier. More requests than the outbox can follow would otherwise keep outcomes waiting until each attempt seems to have had none, and
 * goes again. A request waits for no event that is ten minutes younger. Less than a segment's time, since changelogs have these timestamps. Why:
 * {@code docs/adr/0025-overload.md}.
 */
final class EventsFirst implements TimestampExtractor {
    private static final long HEAD_START_MS = Duration.ofMinutes(10).toMillis();

    private final String events;

    /**
     * @param prefix of all topics
     */
    EventsFirst(String prefix) {
        this.events = Topic.EVENTS.name(prefix);
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, record.timestamp() - headStart(record.topic()));
    }

    /** The record with the timestamp that its writer gave it. */
    Record<byte[], byte[]> asWritten(Record<byte[], byte[]> taken, String topic) {
        return taken.withTimestamp(taken.timestamp() + headStart(topic));
    }

    private long headStart(String topic) {
        return topic.equals(events) ? HEAD_START_MS : 0;
    }
}
