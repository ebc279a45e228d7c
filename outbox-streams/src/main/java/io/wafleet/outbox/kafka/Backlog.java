package io.wafleet.outbox.kafka;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a task still reads what happened before it started, or while its thread was blocked. Until it has, no timer may fire: an outcome that waits in the log
 * unread is not an outcome that never came. Bounded, since a writer's clock may be wrong. On the task's thread.
 */
final class Backlog {
    private static final Duration OLD = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private final Instant givenUpAt;
    private Instant readAt;

    Backlog(Instant start) {
        this.givenUpAt = start.plus(AT_MOST);
        this.readAt = start.plus(QUIET);
    }

    /** A record was read; an old one shows that there are more to come. */
    void read(Instant written, Instant now) {
        if (now.isBefore(readAt) && written.isBefore(now.minus(OLD))) {
            readAt = now.plus(QUIET).isBefore(givenUpAt) ? now.plus(QUIET) : givenUpAt;
        }
    }

    /** From when on timers may fire, as far as is known now. */
    Instant readAt() {
        return readAt;
    }
}
