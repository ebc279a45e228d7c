package io.wafleet.kafka;

import io.wafleet.contract.Topic;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters: the record as it was, cut when it is too large ({@link LetterBody}), with where it came from and why it was given up in
 * its headers. The writer sends it in the transaction that steps over the record.
 */
public final class DeadLetters {
    public static final String HEADER_TOPIC = "wafleet-topic";
    public static final String HEADER_PARTITION = "wafleet-partition";
    public static final String HEADER_OFFSET = "wafleet-offset";
    public static final String HEADER_REASON = "wafleet-reason";

    private final String topic;

    public DeadLetters(String topicPrefix) {
        this.topic = Topic.DEAD_LETTERS.name(topicPrefix);
    }

    /** The dead letter of a record that was read, in the same partition. */
    public ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record, String reason) {
        LetterBody body = new LetterBody(record.key(), record.value(), record.headers(), reason);
        mark(body.headers(), record.topic(), record.partition(), record.offset(), body.reason());
        return new ProducerRecord<>(topic, record.partition(), body.key(), body.value(), body.headers());
    }

    /** Adds the headers of a dead letter; for those who write through another API than the producer's. */
    public static void mark(Headers headers, String topic, int partition, long offset, String reason) {
        put(headers, HEADER_TOPIC, topic);
        put(headers, HEADER_PARTITION, Integer.toString(partition));
        put(headers, HEADER_OFFSET, Long.toString(offset));
        put(headers, HEADER_REASON, reason);
    }

    /** A header's text; null when it is absent. */
    public static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
