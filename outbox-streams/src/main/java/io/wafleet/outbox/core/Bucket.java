package io.wafleet.outbox.core;

import io.wafleet.contract.Pacing;
import java.time.Duration;
import java.time.Instant;

/**
 * Pacing of one account: a dispatch takes a token, and tokens come back one an interval, up to the burst.
 *
 * @param tokens there at {@code at}
 */
record Bucket(double tokens, Instant at) {

    static Bucket full(Pacing pacing, Instant now) {
        return new Bucket(pacing.burst(), now);
    }

    /** A clock that was set back refills nothing, and loses nothing. */
    Bucket refilled(Pacing pacing, Instant now) {
        double elapsed = Math.max(0, Duration.between(at, now).toMillis());
        double more = elapsed / pacing.intervalMs();
        return new Bucket(Math.min(pacing.burst(), tokens + more), now);
    }

    /** No more than that pacing allows. */
    Bucket within(Pacing pacing) {
        return new Bucket(Math.min(pacing.burst(), tokens), at);
    }

    boolean hasOne() {
        return tokens >= 1 - 1e-9;
    }

    Bucket take() {
        return new Bucket(tokens - 1, at);
    }

    Bucket giveBack(Pacing pacing) {
        return new Bucket(Math.min(pacing.burst(), tokens + 1), at);
    }

    /** When there will be one. */
    Instant hasOneAt(Pacing pacing) {
        return at.plusMillis((long) Math.ceil((1 - tokens) * pacing.intervalMs()));
    }
}
