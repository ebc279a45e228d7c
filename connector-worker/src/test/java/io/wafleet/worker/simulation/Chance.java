package io.wafleet.worker.simulation;

/** Random numbers of one run; the same seed gives the same ones. All times are nanoseconds. */
final class Chance {
    private static final long MILLI = 1_000_000;

    private long state;

    Chance(long seed) {
        // Neighbouring seeds must not begin alike.
        this.state = seed * 0x9E3779B97F4A7C15L;
        next();
    }

    private long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** 0 (inclusive) to n (exclusive). */
    int below(int n) {
        return (int) ((next() >>> 1) % n);
    }

    boolean oneIn(int n) {
        return below(n) == 0;
    }

    /** 0 (inclusive) to 1 (exclusive). */
    double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** Anything between, as nanoseconds. */
    long millis(double least, double most) {
        return (long) ((least + unit() * (most - least)) * MILLI);
    }

    /** From one thread of a process to the next: mostly at once, now and then it has to wait for the processor. */
    long hop() {
        if (oneIn(2000)) {
            return millis(25, 300);
        }
        return oneIn(60) ? millis(1, 25) : millis(0, 0.3);
    }

    /** One way between a process and the broker or WhatsApp; always below the margin of the lease. */
    long way() {
        return oneIn(40) ? millis(2, 35) : millis(0.2, 2);
    }
}
