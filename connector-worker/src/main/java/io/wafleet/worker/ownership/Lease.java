package io.wafleet.worker.ownership;

import io.wafleet.settings.Timings;

/**
 * How long this worker may still assume that its partitions are its own, without hearing from the broker. All times are nanoseconds
 * of one monotonic clock. Not thread-safe: {@code HeartbeatLease} guards it.
 *
 * <p>The broker gives a member's partitions away no sooner than the session timeout after the last heartbeat that it got from it, or
 * when the member stops polling. Heartbeats are sequential, so heartbeat n was sent after answer n-1 arrived: once answer n is
 * seen, the lease runs to the last sample before answer n-1 was seen, plus session, minus margin. Answers are counted, good or bad
 * alike; a bad one is followed by another soon, or by a lost callback. So an answer that stays the last one for two intervals is
 * trusted no more: the lease falls back to what the answer before it gave.
 */
public final class Lease {
    private final long session;
    private final long margin;
    private final long maxPoll;
    private final long doubtAfter;

    private double answers;
    /** When the count was read last; the newest answer, if any, arrived later. */
    private long lastSample;
    /** The last sample before the newest answer was seen: the next heartbeat is sent after it. */
    private long newestAnswer;
    /** The newest answered heartbeat was sent after this. */
    private long base;
    /** The one before was sent after this. */
    private long olderBase;
    private long lastPoll;
    private boolean over;
    private long overSince;

    /**
     * @param subscribedAt right before the member subscribed: no heartbeat was sent earlier
     */
    public Lease(Timings timings, long subscribedAt) {
        this.session = timings.session().toNanos();
        this.margin = timings.margin().toNanos();
        this.maxPoll = timings.maxPoll().toNanos();
        this.doubtAfter = 2 * timings.heartbeat().toNanos();
        this.lastSample = subscribedAt;
        this.newestAnswer = subscribedAt;
        this.base = subscribedAt;
        this.olderBase = subscribedAt;
        this.lastPoll = subscribedAt;
    }

    /**
     * The count of answered heartbeats as it stands.
     *
     * @param now read before the count was
     */
    public void sample(double count, long now) {
        isOver(now);
        if (count > answers) {
            answers = count;
            olderBase = base;
            base = newestAnswer;
            newestAnswer = lastSample;
            // Only a heartbeat that was sent after the lapse shows that the broker still knows the member.
            if (over && base - overSince >= 0) {
                over = false;
            }
        }
        lastSample = now;
    }

    /** The member polls. */
    public void polled(long now) {
        isOver(now);
        lastPoll = now;
    }

    /** The broker told that the partitions are gone: over at once. */
    public void end(long now) {
        if (!over) {
            over = true;
            overSince = now;
        }
    }

    /** Whether nothing may be done any more. Once over, it stays so until a heartbeat sent after that was answered. */
    public boolean isOver(long now) {
        if (!over && now - expiry(now) >= 0) {
            end(now);
        }
        return over;
    }

    /** Nanoseconds left; 0 when over. */
    public long left(long now) {
        return isOver(now) ? 0 : expiry(now) - now;
    }

    /** Whether an answer is overdue: the broker is away, or does not hear us. */
    public boolean isUnanswered(long now) {
        return now - newestAnswer > doubtAfter;
    }

    private long expiry(long now) {
        boolean trusted = !isUnanswered(now);
        long byHeartbeat = (trusted ? base : olderBase) + session - margin;
        long byPoll = lastPoll + maxPoll - margin;
        return byHeartbeat - byPoll < 0 ? byHeartbeat : byPoll;
    }
}
