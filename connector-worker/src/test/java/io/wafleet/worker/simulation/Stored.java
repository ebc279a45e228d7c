package io.wafleet.worker.simulation;

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
