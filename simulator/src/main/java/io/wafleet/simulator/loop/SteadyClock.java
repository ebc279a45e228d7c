package io.wafleet.simulator.loop;

import java.time.Instant;
import java.time.InstantSource;

/** Wall time at its making, monotonic from there: never jumps when the machine's clock is set. */
public final class SteadyClock implements InstantSource {
    private final Instant start;
    private final long startNanos = System.nanoTime();

    public SteadyClock(InstantSource wall) {
        start = wall.instant();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}
