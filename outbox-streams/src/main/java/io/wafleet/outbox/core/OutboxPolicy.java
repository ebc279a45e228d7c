package io.wafleet.outbox.core;

import io.wafleet.contract.Pacing;
import java.time.Duration;

/**
 * The outbox's numbers.
 *
 * @param parallelChats chats of one account that may have a message out at the same time
 * @param burst messages that an account may send at once after a pause
 * @param paceInterval how long it takes until it may send one more
 * @param maxAttempts after this many a message fails
 * @param backoffMin before the second attempt; it doubles
 * @param backoffMax the longest pause between attempts
 * @param outcomeTimeout after this without outcome an attempt counts as unknown
 * @param notAttemptedPause before a message that its owner could not attempt is dispatched again, so that the two do not spin
 * @param expiry how long after it may be sent a message expires, unless it says so itself
 * @param maxAhead how far ahead {@code sendAt} may be
 * @param keysKept how long an idempotency key lives after its message is final
 * @param finalsKept how long receipts of a final message are still counted
 * @param maxQueued messages of an account that may wait before those with a key are refused; those without one a gateway refuses
 */
public record OutboxPolicy(int parallelChats, int burst, Duration paceInterval, int maxAttempts, Duration backoffMin,
        Duration backoffMax, Duration outcomeTimeout, Duration notAttemptedPause, Duration expiry, Duration maxAhead,
        Duration keysKept, Duration finalsKept, int maxQueued) {

    public OutboxPolicy {
        if (backoffMax.compareTo(backoffMin) < 0) {
            throw new IllegalArgumentException("retry.backoff.max must be at least retry.backoff.min");
        }
        if (paceInterval.toMillis() < 1) {
            throw new IllegalArgumentException("pacing.interval must be at least 1ms");
        }
    }

    /** How fast an account sends that has no pacing of its own. */
    Pacing pacing() {
        return new Pacing(burst, paceInterval.toMillis());
    }

    /** As the house plan has them. */
    public static OutboxPolicy standard() {
        return new OutboxPolicy(4, 20, Duration.ofSeconds(1), 10, Duration.ofSeconds(2), Duration.ofMinutes(5),
                Duration.ofSeconds(60), Duration.ofMillis(500), Duration.ofHours(24), Duration.ofDays(20),
                Duration.ofHours(24), Duration.ofDays(30), 10_000);
    }

    /**
     * The pause after an attempt: doubling, and between half and whole of it by a share that is given.
     *
     * @param tries attempts made, 1 or more
     * @param share 0 to 1
     */
    Duration backoff(int tries, double share) {
        long whole = backoffMin.toMillis();
        for (int i = 1; i < tries && whole < backoffMax.toMillis(); i++) {
            whole *= 2;
        }
        whole = Math.min(whole, backoffMax.toMillis());
        return Duration.ofMillis(whole / 2 + Math.round(whole / 2.0 * share));
    }
}
