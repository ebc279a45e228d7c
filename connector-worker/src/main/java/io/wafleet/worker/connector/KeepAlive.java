package io.wafleet.worker.connector;

import java.time.Duration;

/**
 * Watches whether the other side of one connection still lives. Only what is heard counts: what is written may vanish unnoticed.
 * Pure; all times are monotonic nanoseconds. Not thread-safe.
 */
public final class KeepAlive {

    /**
     * How patient it is.
     *
     * @param interval how often a quiet connection is pinged
     * @param timeout how long nothing may be heard
     */
    public record Timing(Duration interval, Duration timeout) {
        public Timing {
            if (interval.isNegative() || interval.isZero() || interval.compareTo(timeout) >= 0) {
                throw new IllegalArgumentException("a keep-alive interval must be positive and below its timeout");
            }
        }
    }

    /** What is to be done now. */
    public enum Verdict {
        /** It lives, or there is still time. */
        FINE,
        /** Ask for a sign of life. */
        PING,
        /** Nothing was heard for too long: the connection is dead. */
        DEAD
    }

    private final long intervalNanos;
    private final long timeoutNanos;
    private long heardAt;
    private long pingedAt;

    public KeepAlive(Timing timing, long nowNanos) {
        this.intervalNanos = timing.interval.toNanos();
        this.timeoutNanos = timing.timeout.toNanos();
        this.heardAt = nowNanos;
        this.pingedAt = nowNanos;
    }

    /** Something came in, whatever it was. */
    public void heard(long nowNanos) {
        heardAt = nowNanos;
    }

    /** To be asked regularly; counts a {@link Verdict#PING} as done. */
    public Verdict check(long nowNanos) {
        if (nowNanos - heardAt >= timeoutNanos) {
            return Verdict.DEAD;
        }
        if (nowNanos - heardAt < intervalNanos || nowNanos - pingedAt < intervalNanos) {
            return Verdict.FINE;
        }
        pingedAt = nowNanos;
        return Verdict.PING;
    }
}
