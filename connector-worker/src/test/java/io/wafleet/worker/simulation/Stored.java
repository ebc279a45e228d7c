package io.wafleet.worker.simulation;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.TransactionalId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A record in a log. */
final class Stored {
    /** What became of the transaction that it belongs to. */
    enum State {
        OPEN, COMMITTED, ABORTED
    }

    private static final String EPOCH = "\"epoch\":";

    final long offset;
    final long at;
    /** Null for a record outside of transactions. */
    final @Nullable TransactionalId writer;
    final byte @Nullable [] key;
    final byte @Nullable [] value;
    State state;
    private @Nullable Object decoded;

    Stored(long offset, long at, @Nullable TransactionalId writer, byte @Nullable [] key, byte @Nullable [] value,
            State state) {
        this.offset = offset;
        this.at = at;
        this.writer = writer;
        this.key = key;
        this.value = value;
        this.state = state;
    }

    String keyText() {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    private String text() {
        return value == null ? "" : new String(value, StandardCharsets.ISO_8859_1);
    }

    /** Whether it is of this type; told without reading it whole, which would be most of a run's time. */
    boolean says(String type) {
        return text().contains("\"type\":\"" + type + '"');
    }

    /** The epoch under which it was written, told in the same way. */
    Epoch epoch() {
        String text = text();
        int start = text.indexOf(EPOCH) + EPOCH.length();
        int end = start;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return new Epoch(Long.parseLong(text, start, end, 10));
    }

    /** What it says; read once, since several look at it. */
    <T> T as(Class<T> type) {
        Object known = decoded;
        if (known == null) {
            byte[] bytes = value;
            if (bytes == null) {
                throw new IllegalStateException("a tombstone says nothing");
            }
            known = JsonCodec.decode(bytes, type);
            decoded = known;
        }
        return type.cast(known);
    }
}
