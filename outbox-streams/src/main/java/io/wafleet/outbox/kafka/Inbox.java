package io.wafleet.outbox.kafka;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Event;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Topic;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.outbox.core.Input;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Understands what arrives on {@code outbox} and {@code events}, and that it arrived where it belongs. */
final class Inbox {
    /** A gateway lets 255 pass, and its fingerprints are shorter; what is kept must fit into a record whoever asks. */
    private static final int MAX_KEY_LENGTH = 1_000;

    private final String outbox;
    private final AccountPartitions partitions;
    private final EventsFirst order;

    Inbox(String prefix, AccountPartitions partitions) {
        this.outbox = Topic.OUTBOX.name(prefix);
        this.partitions = partitions;
        this.order = new EventsFirst(prefix);
    }

    /** The record as it was written, before its turn was decided. */
    Record<byte[], byte[]> asWritten(Record<byte[], byte[]> taken, RecordMetadata from) {
        return order.asWritten(taken, from.topic());
    }

    /**
     * Reads a record.
     *
     * @throws UnreadableRecordException when it cannot be understood, or is in a partition that is not its own
     */
    Input read(byte @Nullable [] value, RecordMetadata from) {
        if (value == null) {
            throw new UnreadableRecordException("record has no value");
        }
        if (from.topic().equals(outbox)) {
            OutboxRequest request = decode(value, OutboxRequest.class);
            check(partitions.of(request.account()), from.partition(), request.account());
            if (request instanceof OutboxRequest.Send send) {
                checkLength("idempotencyKey", send.idempotencyKey());
                checkLength("fingerprint", send.fingerprint());
            }
            return new Input.Asked(request, from.offset());
        }
        Event event = decode(value, Event.class);
        switch (event) {
            case Event.PartitionEvent about -> check(about.partition(), from.partition(), null);
            case Event.AccountEvent about -> check(partitions.of(about.account()), from.partition(), about.account());
        }
        return new Input.Told(event);
    }

    /** Whatever a reader of JSON may throw at odd input: the record is what is wrong. */
    private static <T> T decode(byte[] value, Class<T> type) {
        try {
            return JsonCodec.decode(value, type);
        } catch (UnreadableRecordException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UnreadableRecordException("cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static void checkLength(String field, @Nullable String value) {
        if (value != null && value.length() > MAX_KEY_LENGTH) {
            throw new UnreadableRecordException(field + " has more than " + MAX_KEY_LENGTH + " characters");
        }
    }

    private static void check(int own, int found, @Nullable AccountId account) {
        if (own != found) {
            String whose = account == null ? "it is about partition " + own : account + " belongs in partition " + own;
            throw new UnreadableRecordException("wrong partition: " + whose);
        }
    }
}
