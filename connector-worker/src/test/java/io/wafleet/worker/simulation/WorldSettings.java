package io.wafleet.worker.simulation;

import io.wafleet.settings.Timings;
import io.wafleet.worker.session.SessionPolicy;
import java.time.Duration;

/**
 * How big and how rough a world is. All times are nanoseconds of virtual time.
 *
 * @param workers how many there are at the beginning
 * @param cleanUpInterval how often the broker looks for transactions that took too long: 100 ms on one of our own, 10 s by default
 * @param faults how many things go wrong
 * @param faultyFor how long things go wrong
 */
record WorldSettings(int workers, int partitions, int accounts, long cleanUpInterval, int faults, long faultyFor) {
    static final Timings TIMINGS = new Timings(Duration.ofMillis(1000), Duration.ofMillis(200), Duration.ofMillis(50),
            Duration.ofMillis(1500));
    static final Duration HANDOVER_BOUND = Duration.ofMillis(300);
    static final SessionPolicy POLICY = new SessionPolicy(Duration.ofSeconds(2), Duration.ofMinutes(1),
            Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMillis(500),
            Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(25), Duration.ofSeconds(90));
    static final long SECOND = 1_000_000_000L;

    static WorldSettings of(Chance chance) {
        return new WorldSettings(2 + chance.below(2), 2 + chance.below(3), 1 + chance.below(3),
                chance.oneIn(3) ? 10 * SECOND : SECOND / 10, 1 + chance.below(5), 4 * SECOND);
    }

    long session() {
        return TIMINGS.session().toNanos();
    }

    long maxPoll() {
        return TIMINGS.maxPoll().toNanos();
    }
}
