package io.wafleet.gateway.desk;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks of a process, never mixed: one for what is written down, one for how long something takes.
 *
 * @param wall what people read
 * @param monotonicNanos what leases and deadlines count by
 */
public record Clocks(InstantSource wall, LongSupplier monotonicNanos) {
    public Instant now() {
        return wall.instant();
    }

    public long nanos() {
        return monotonicNanos.getAsLong();
    }
}
