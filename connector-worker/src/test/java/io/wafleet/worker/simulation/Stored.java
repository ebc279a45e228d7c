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

    final long offset;
    final long at;
    /** Null for a record outside of transactions. */
    final @Nullable TransactionalId writer;
    final byte @Nullable [] key;
    final byte @Nullable [] value;
    State state;
    private @Nullable Object decoded;
    private @Nullable String text;

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
        String known = text;
        if (known == null) {
            known = value == null ? "" : new String(value, StandardCharsets.ISO_8859_1);
            text = known;
        }
        return known;
    }

    /** A field that holds a plain word, told without reading the record whole, which would be most of a run's time. */
    String word(String field) {
        int start = after(field) + 1;
        return text().substring(start, text().indexOf('"', start));
    }

    /** A field that holds a number, told in the same way. */
    long number(String field) {
        int start = after(field);
        int end = start;
        while (Character.isDigit(text().charAt(end))) {
            end++;
        }
        return Long.parseLong(text(), start, end, 10);
    }

    private int after(String field) {
        String name = '"' + field + "\":";
        int at = text().indexOf(name);
        if (at < 0) {
            throw new IllegalStateException("no " + field + " in " + text());
        }
        return at + name.length();
    }

    /** The epoch under which it was written. */
    Epoch epoch() {
        return new Epoch(number("epoch"));
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
