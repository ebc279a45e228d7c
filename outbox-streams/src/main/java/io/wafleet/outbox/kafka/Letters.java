package io.wafleet.outbox.kafka;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.Topic;
import io.wafleet.kafka.DeadLetters;
import io.wafleet.kafka.LetterBody;
import io.wafleet.outbox.core.Output;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Makes dead letters of what could not be read or was given up. */
final class Letters {
    private final String outbox;

    Letters(String prefix) {
        this.outbox = Topic.OUTBOX.name(prefix);
    }

    /** The record with its reason; cut when it is too large. */
    static Record<Outgoing, byte[]> of(Record<byte[], byte[]> record, RecordMetadata from, String reason) {
        LetterBody body = new LetterBody(record.key(), record.value(), record.headers(), reason);
        DeadLetters.mark(body.headers(), from.topic(), from.partition(), from.offset(), body.reason());
        return new Record<>(new Outgoing(from.partition(), body.key()), body.value(), record.timestamp(),
                body.headers());
    }

    /** A message that was given up, as its request was. */
    Record<Outgoing, byte[]> of(Output.GivenUp given, int partition, long timestampMs) {
        Headers headers = new RecordHeaders();
        DeadLetters.mark(headers, outbox, partition, given.offset(), given.reason());
        byte[] key = given.send().account().value().getBytes(StandardCharsets.UTF_8);
        return new Record<>(new Outgoing(partition, key), JsonCodec.encode(given.send()), timestampMs, headers);
    }
}
