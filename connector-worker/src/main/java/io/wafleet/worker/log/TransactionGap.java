package io.wafleet.worker.log;

import java.time.Duration;

/**
 * How long a writer leaves the broker alone after a transaction; in the meantime the next one's work comes together. Right after a commit
 * the broker answers CONCURRENT_TRANSACTIONS until its markers are written, the longer the busier it is; and each transaction costs it the
 * same, however much is in it. So a gap is as long as the transaction took, and four times as long after one with much in it. Pure. Why:
 * {@code docs/adr/0024-commits-follow-the-load.md}.
 */
public final class TransactionGap {
    static final Duration LEAST = Duration.ofMillis(8);
    /** Connections wait for what is committed. */
    static final Duration MOST = Duration.ofMillis(160);
    /** More batches than a takeover or a reconnect brings together. */
    static final int FEW_BATCHES = 32;
    private static final int BUSY = 4;

    private TransactionGap() {}

    /**
     * @param took how long the transaction took, from its first record to its end
     * @param batches how many it was to hold
     */
    public static Duration after(Duration took, int batches) {
        Duration gap = batches > FEW_BATCHES ? took.multipliedBy(BUSY) : took;
        return Duration.ofNanos(Math.clamp(gap.toNanos(), LEAST.toNanos(), MOST.toNanos()));
    }
}
