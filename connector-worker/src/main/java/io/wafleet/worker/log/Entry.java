package io.wafleet.worker.log;

import io.wafleet.contract.JournalKey;
import io.wafleet.contract.JournalRecord;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.Topic;
import io.wafleet.kafka.DeadLetters;
import io.wafleet.kafka.LetterBody;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record to write, in the partition of its batch. Already encoded, so that a bad value fails where it was made. */
public final class Entry {
    private final Topic topic;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final Map<String, String> headers;

    private Entry(Topic topic, byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {
        this.topic = topic;
        this.key = key;
        this.value = value;
        this.headers = Map.copyOf(headers);
    }

    /** A record of any topic but the journal. */
    public static Entry of(Topic topic, String key, Object value) {
        return new Entry(topic, bytes(key), JsonCodec.encode(value), Map.of());
    }

    public static Entry journal(JournalKey key, JournalRecord value) {
        return new Entry(Topic.JOURNAL, bytes(key.text()), JsonCodec.encode(value), Map.of());
    }

    /** Deletes a key of the journal, whatever it is. */
    public static Entry journalTombstone(byte[] key) {
        return new Entry(Topic.JOURNAL, key, null, Map.of());
    }

    /** Deletes a key of the journal. */
    public static Entry journalTombstone(JournalKey key) {
        return new Entry(Topic.JOURNAL, bytes(key.text()), null, Map.of());
    }

    /** A record that was given up, cut when it is too large, with where it came from and why it was given up. */
    public static Entry deadLetter(byte @Nullable [] key, byte @Nullable [] value, String topic, int partition,
            long offset, String reason) {
        LetterBody body = LetterBody.of(key, value, reason);
        return new Entry(Topic.DEAD_LETTERS, body.key(), body.value(),
                Map.of(DeadLetters.HEADER_TOPIC, topic, DeadLetters.HEADER_PARTITION, Integer.toString(partition),
                        DeadLetters.HEADER_OFFSET, Long.toString(offset), DeadLetters.HEADER_REASON, body.reason()));
    }

    public Topic topic() {
        return topic;
    }

    public byte @Nullable [] key() {
        return key;
    }

    public byte @Nullable [] value() {
        return value;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** Bytes of key and value, for bounding a transaction. */
    public int size() {
        return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
