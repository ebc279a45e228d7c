package io.wafleet.outbox.kafka;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a stream thread still reads what happened before its tasks started, or while it was blocked. Until it has, no timer may fire: an outcome
 * that waits in the log unread is not an outcome that never came. One for all tasks of a thread, since it reads one partition after the other:
 * which of them has nothing left nobody knows until all are quiet. Bounded, since a writer's clock may be wrong. On its stream thread.
 */
final class Backlog {
    private static final Duration OLD = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private Instant givenUpAt = Instant.MIN;
    private Instant readAt = Instant.MIN;

    /** One for each stream thread. */
    static ThreadLocal<Backlog> ofEachThread() {
        return ThreadLocal.withInitial(Backlog::new);
    }

    /** A task starts, or the thread was blocked: what happened before lies in the log. */
    void begun(Instant now) {
        givenUpAt = now.plus(AT_MOST);
        readAt = now.plus(QUIET);
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
