package io.wafleet.outbox.core;

import java.time.Duration;

/**
 * When a stream thread's transaction ends: soon while little happens, so that nobody waits; later while much happens, so that many steps
 * share what a transaction costs, which is a marker in each partition that it touched. Pure: the time is given. On its thread.
 */
public final class CommitPace {
    /** A transaction of more steps than this has others behind it that will fill it further. */
    static final int FEW_STEPS = 64;
    /** How many times as long a busy transaction collects as a quiet one. */
    private static final int BUSY = 4;

    private final long quietNanos;
    private long endedNanos;
    private int steps;

    /**
     * @param quiet how long after the last transaction a quiet one ends
     * @param nowNanos on a monotonic clock, as all times here
     */
    public CommitPace(Duration quiet, long nowNanos) {
        quietNanos = quiet.toNanos();
        endedNanos = nowNanos - quietNanos;
    }

    /** The longest that a transaction collects, when a quiet one takes so long. */
    public static Duration longest(Duration quiet) {
        return quiet.multipliedBy(BUSY);
    }

    /** One more step is part of the transaction. */
    public void step() {
        steps++;
    }

    /** How long it may still collect; zero or less: it is to end now. */
    public long leftNanos(long nowNanos) {
        long collects = steps > FEW_STEPS ? quietNanos * BUSY : quietNanos;
        return collects - (nowNanos - endedNanos);
    }

    /** It ends. */
    public void ended(long nowNanos) {
        endedNanos = nowNanos;
        steps = 0;
    }
}
