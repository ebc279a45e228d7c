package io.wafleet.cli.bench;

import java.util.Collection;
import java.util.List;

/** Median, 95th percentile and maximum of measured values, in their unit; all zero when there are none. */
record Figures(long median, long p95, long max) {
    static Figures of(Collection<Long> values) {
        if (values.isEmpty()) {
            return new Figures(0, 0, 0);
        }
        List<Long> sorted = values.stream().sorted().toList();
        return new Figures(rank(sorted, 0.5), rank(sorted, 0.95), sorted.getLast());
    }

    /** The nearest rank: always a value that was measured. */
    private static long rank(List<Long> sorted, double share) {
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }

    @Override
    public String toString() {
        return median + " / " + p95 + " / " + max;
    }
}
