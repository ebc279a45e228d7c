package io.wafleet.cli.load;

import java.util.Arrays;
import java.util.Collection;

/** Quantiles of measured times, in milliseconds; all zero when there are none. */
record Quantiles(double p50, double p95, double p99, double max) {
    private static final double NANOS = 1_000_000;

    static Quantiles ofNanos(Collection<Long> nanos) {
        if (nanos.isEmpty()) {
            return new Quantiles(0, 0, 0, 0);
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Quantiles(rank(sorted, 0.5), rank(sorted, 0.95), rank(sorted, 0.99), rank(sorted, 1));
    }

    /** The nearest rank: always a value that was measured. */
    private static double rank(long[] sorted, double share) {
        long nanos = sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
        return Rounded.to1(nanos / NANOS);
    }

    @Override
    public String toString() {
        return p50 + " / " + p95 + " / " + p99 + " / " + max;
    }
}
