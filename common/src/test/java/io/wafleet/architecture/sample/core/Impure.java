package io.wafleet.architecture.sample.core;

import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;

/** Each method breaks a rule of the core. */
public final class Impure {
    private Impure() {}

    static Instant readsTheClock() {
        return Instant.now();
    }

    static Supplier<Instant> handsTheClockOut() {
        return Instant::now;
    }

    static long readsNanos() {
        return System.nanoTime();
    }

    static int isRandom() {
        return new Random().nextInt();
    }

    static int isRepeatable(long seed) {
        return new Random(seed).nextInt();
    }

    static void startsAThread() {
        Thread.ofPlatform().start(() -> {
            // Only its start matters.
        });
    }

    static boolean readsAFile(java.nio.file.Path path) {
        return path.toFile().exists();
    }
}
