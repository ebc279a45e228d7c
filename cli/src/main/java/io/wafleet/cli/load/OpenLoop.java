package io.wafleet.cli.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Does something at a steady rate, whether or not what came before has ended: as many clients do that know nothing of each other. A
 * moment that was missed is made up for at once, and its time still counts from when it should have been.
 */
final class OpenLoop {
    private final long begun = System.nanoTime();
    private final double nanosBetween;

    OpenLoop(int perSecond) {
        this.nanosBetween = 1e9 / perSecond;
    }

    /** How many there are in so long a time. */
    static int count(int perSecond, Duration time) {
        return Math.toIntExact(perSecond * time.toSeconds());
    }

    /** When the one of this number, from 0, should happen, by {@link System#nanoTime()}. */
    long due(int number) {
        return begun + (long) (number * nanosBetween);
    }

    /** Runs so many of them on this thread. */
    void run(int count, IntConsumer each) {
        for (int i = 0; i < count; i++) {
            for (long left = due(i) - System.nanoTime(); left > 0; left = due(i) - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            each.accept(i);
        }
    }
}
