package io.wafleet.outbox.core;

import java.time.Duration;
import java.time.Instant;

/**
 * Pacing of one account: a dispatch takes a token, and tokens come back one an interval, up to the burst.
 *
 * @param tokens there at {@code at}
 */
record Bucket(double tokens, Instant at) {

    static Bucket full(OutboxPolicy policy, Instant now) {
        return new Bucket(policy.burst(), now);
    }

    /** A clock that was set back refills nothing, and loses nothing. */
    Bucket refilled(OutboxPolicy policy, Instant now) {
        double elapsed = Math.max(0, Duration.between(at, now).toMillis());
        double more = elapsed / policy.paceInterval().toMillis();
        return new Bucket(Math.min(policy.burst(), tokens + more), now);
    }

    boolean hasOne() {
        return tokens >= 1 - 1e-9;
    }

    Bucket take() {
        return new Bucket(tokens - 1, at);
    }

    Bucket giveBack(OutboxPolicy policy) {
        return new Bucket(Math.min(policy.burst(), tokens + 1), at);
    }

    /** When there will be one. */
    Instant hasOneAt(OutboxPolicy policy) {
        return at.plusMillis((long) Math.ceil((1 - tokens) * policy.paceInterval().toMillis()));
    }
}
