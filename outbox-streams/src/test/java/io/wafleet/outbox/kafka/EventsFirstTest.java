package io.wafleet.outbox.kafka;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which record is taken next, and what its moment is then. */
class EventsFirstTest {
    private static final long NOON = 1_800_000_000_000L;
    private static final long MINUTE = 60_000;

    private final EventsFirst order = new EventsFirst("t.");

    @Test
    void anEventGoesBeforeRequestsOfTheTenMinutesBefore() {
        assertThat(taken("t.events", NOON)).isLessThan(taken("t.outbox", NOON - 9 * MINUTE))
                .isGreaterThan(taken("t.outbox", NOON - 11 * MINUTE));
    }

    @Test
    void eachTopicKeepsItsOwnOrder() {
        assertThat(taken("t.events", NOON)).isLessThan(taken("t.events", NOON + 1));
        assertThat(taken("t.outbox", NOON)).isLessThan(taken("t.outbox", NOON + 1));
    }

    /** Streams drops what is before 1970. */
    @Test
    void noMomentIsBeforeTheFirst() {
        assertThat(taken("t.outbox", -1)).isZero();
        assertThat(taken("t.events", 5)).isZero();
    }

    @Test
    void aRecordHasItsOwnMomentAgain() {
        assertThat(order.asWritten(record(taken("t.events", NOON)), "t.events").timestamp()).isEqualTo(NOON);
        assertThat(order.asWritten(record(taken("t.outbox", NOON)), "t.outbox").timestamp()).isEqualTo(NOON);
    }

    private long taken(String topic, long timestamp) {
        return order.extract(new ConsumerRecord<>(topic, 0, 0, timestamp, TimestampType.CREATE_TIME, 0, 0, null, null,
                new RecordHeaders(), Optional.empty()), 0);
    }

    private static Record<byte[], byte[]> record(long timestamp) {
        return new Record<>(new byte[0], new byte[0], timestamp);
    }
}
