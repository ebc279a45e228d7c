package io.wafleet.outbox.kafka;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.Topic;
import io.wafleet.kafka.DeadLetters;
import io.wafleet.outbox.core.Output;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Makes dead letters of what could not be read or was given up. */
final class Letters {
    /** Below the broker's usual limit for a record (1 MB), with room for headers. */
    private static final int MAX_BYTES = 900_000;

    private final String outbox;

    Letters(String prefix) {
        this.outbox = Topic.OUTBOX.name(prefix);
    }

    /**
     * The record as it was, with its reason. One so large that it would no longer fit beside its headers is cut, and says so: a
     * dead letter that the broker refuses would stop the stream.
     */
    static Record<Outgoing, byte[]> of(Record<byte[], byte[]> record, RecordMetadata from, String reason) {
        int size = record.value() == null ? 0 : record.value().length;
        int others = (record.key() == null ? 0 : record.key().length) + size(record.headers());
        boolean fits = size + others <= MAX_BYTES;
        Headers headers = new RecordHeaders(fits ? record.headers().toArray() : new RecordHeaders().toArray());
        DeadLetters.mark(headers, from.topic(), from.partition(), from.offset(),
                fits ? reason : reason + " (cut from " + size + " bytes)");
        byte[] key = fits || record.key() == null ? record.key() : cut(record.key(), MAX_BYTES / 2);
        byte[] value = fits || record.value() == null ? record.value() : cut(record.value(), MAX_BYTES / 2);
        return new Record<>(new Outgoing(from.partition(), key), value, record.timestamp(), headers);
    }

    /** A message that was given up, as its request was. */
    Record<Outgoing, byte[]> of(Output.GivenUp given, int partition, long timestampMs) {
        Headers headers = new RecordHeaders();
        DeadLetters.mark(headers, outbox, partition, given.offset(), given.reason());
        byte[] key = given.send().account().value().getBytes(StandardCharsets.UTF_8);
        return new Record<>(new Outgoing(partition, key), JsonCodec.encode(given.send()), timestampMs, headers);
    }

    private static byte[] cut(byte[] bytes, int length) {
        return bytes.length <= length ? bytes : Arrays.copyOf(bytes, length);
    }

    private static int size(Headers headers) {
        int size = 0;
        for (org.apache.kafka.common.header.Header header : headers) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }
}
