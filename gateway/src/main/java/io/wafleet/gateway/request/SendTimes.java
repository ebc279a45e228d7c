package io.wafleet.gateway.request;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * When a message may be sent.
 *
 * @param sendAt not before this; null: at once
 * @param expiresAt not after this; null: the outbox's default
 */
public record SendTimes(@Nullable Instant sendAt, @Nullable Instant expiresAt) {
    /** At once, and until the outbox's default. */
    public static final SendTimes ANY = new SendTimes(null, null);

    /** As long as the outbox takes a message in advance. */
    private static final Duration MAX_AHEAD = Duration.ofDays(20);
    /** As long as a message's status is kept. */
    private static final Duration MAX_LIFE = Duration.ofDays(30);

    /** A time that breaks a rule; the message names field and rule. */
    public static final class BrokenRule extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenRule(String rule) {
            super(rule);
        }
    }

    /**
     * Reads both as people write them: ISO-8601, with a zone.
     *
     * @param repeatable whether the request has a key. Its repetition must have the same answer whenever it comes, so the outbox says what
     *     became of it, also when {@code expiresAt} is over by now
     * @throws BrokenRule when one is no such time, or they do not fit together or to {@code now}
     */
    public static SendTimes read(@Nullable String sendAt, @Nullable String expiresAt, Instant now, boolean repeatable)
            throws BrokenRule {
        SendTimes times = new SendTimes(instant("sendAt", sendAt), instant("expiresAt", expiresAt));
        times.check(now, repeatable);
        return times;
    }

    private void check(Instant now, boolean repeatable) throws BrokenRule {
        if (sendAt != null && sendAt.isAfter(now.plus(MAX_AHEAD))) {
            throw new BrokenRule("sendAt: must be at most " + MAX_AHEAD.toDays() + " days ahead");
        }
        if (expiresAt == null) {
            return;
        }
        if (!repeatable && !expiresAt.isAfter(now)) {
            throw new BrokenRule("expiresAt: must be in the future");
        }
        if (sendAt != null && !expiresAt.isAfter(sendAt)) {
            throw new BrokenRule("expiresAt: must be after sendAt");
        }
        if (expiresAt.isAfter(now.plus(MAX_LIFE))) {
            throw new BrokenRule("expiresAt: must be at most " + MAX_LIFE.toDays() + " days ahead");
        }
    }

    private static @Nullable Instant instant(String field, @Nullable String written) throws BrokenRule {
        if (written == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(written.strip()).toInstant();
        } catch (DateTimeParseException _) {
            throw new BrokenRule(field + ": must be an ISO-8601 time with its zone, such as 2026-01-31T09:00:00Z");
        }
    }

    /** Whether it is of no use to wait for the message to be sent. */
    public boolean isLaterThan(Instant moment) {
        return sendAt != null && sendAt.isAfter(moment);
    }
}
