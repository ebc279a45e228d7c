package io.wafleet.outbox.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row that is kept only for a while. */
public interface Ageing {
    /** From this moment on the row may go; null: not yet known. */
    @Nullable
    Instant keptUntil();

    default boolean isOld(Instant now) {
        Instant until = keptUntil();
        return until != null && !now.isBefore(until);
    }
}
