package io.wafleet.cli.fleet;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for conditions with a deadline. */
public final class Patience {
    private static final Duration POLL = Duration.ofMillis(25);

    private Patience() {}

    /** Whether the condition became true in time. An interrupt ends the waiting, and stays set. */
    public static boolean within(Duration bound, BooleanSupplier condition) {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    /** Whether the condition became true; waits for as long as something moves within each bound. An interrupt ends the waiting, and stays set. */
    public static boolean whileMoving(Duration bound, LongSupplier moving, BooleanSupplier condition) {
        long seen;
        do {
            seen = moving.getAsLong();
            if (within(bound, condition)) {
                return true;
            }
        } while (moving.getAsLong() != seen && !Thread.currentThread().isInterrupted());
        return false;
    }

    /** Does nothing for a while; an interrupt ends it, and stays set. */
    public static void pass(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0
                && !Thread.currentThread().isInterrupted(); left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
