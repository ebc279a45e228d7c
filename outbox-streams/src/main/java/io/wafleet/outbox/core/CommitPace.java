package io.wafleet.outbox.core;

import java.time.Duration;

/**
 * When a stream thread's transaction ends: soon while little happens, so that nobody waits; later while much happens, so that many steps
 * share what a transaction costs, which is a marker in each partition that it touched. Where the broker is slow at ending transactions, they
 * become fewer in proportion, up to a bound: ending them takes a fifth of a busy thread's time, and half of a quiet one's at most. Why:
 * {@code docs/adr/0024-commits-follow-the-load.md}. Pure: the time is given. On its thread.
 */
public final class CommitPace {
    /** A transaction of more steps than this has others behind it that will fill it further. */
    static final int FEW_STEPS = 64;
    /** How many times as long a busy transaction collects as a quiet one. */
    private static final int BUSY = 4;

    private final long quietNanos;
    private final long mostNanos;
    private long askedNanos;
    private long endedNanos;
    private boolean ending;
    private int steps;

    /**
     * @param quiet how long after the last transaction's end was asked for a quiet one ends at the earliest
     * @param most how long after the last one ended any ends at the latest, when that is later
     * @param nowNanos on a monotonic clock, as all times here
     */
    public CommitPace(Duration quiet, Duration most, long nowNanos) {
        quietNanos = quiet.toNanos();
        mostNanos = most.toNanos();
        askedNanos = nowNanos - busy(quiet).toNanos();
        endedNanos = askedNanos;
    }

    /** How long a busy transaction collects where ending one takes no time. */
    public static Duration busy(Duration quiet) {
        return quiet.multipliedBy(BUSY);
    }

    /** One more step is part of the transaction. */
    public void step() {
        steps++;
    }

    /** How long it may still collect; zero or less: its end is to be asked for. */
    public long leftNanos(long nowNanos) {
        int times = steps > FEW_STEPS ? BUSY : 1;
        long took = endedNanos - askedNanos;
        return Math.max(times * quietNanos - (nowNanos - askedNanos),
                Math.min(times * took, mostNanos) - (nowNanos - endedNanos));
    }

    /** Its end is asked for. */
    public void asked(long nowNanos) {
        askedNanos = nowNanos;
        endedNanos = nowNanos;
        ending = true;
        steps = 0;
    }

    /** A transaction has ended, whoever asked for it. */
    public void ended(long nowNanos) {
        if (ending) {
            endedNanos = nowNanos;
            ending = false;
        }
    }
}
