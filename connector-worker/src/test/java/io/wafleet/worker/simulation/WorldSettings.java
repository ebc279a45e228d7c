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
 * @param storm whether all that goes wrong is that workers come and go
 * @param suspended whether clocks stand still while processes are stopped, so that no lease ends
 * @param ambushes how often, at most, a process is hit right when it asks the broker or was heard by it
 * @param faultyFor how long things go wrong
 */
record WorldSettings(int workers, int partitions, int accounts, long cleanUpInterval, int faults, boolean storm,
        boolean suspended, int ambushes, long faultyFor) {
    static final Timings TIMINGS = new Timings(Duration.ofMillis(1000), Duration.ofMillis(100), Duration.ofMillis(50),
            Duration.ofMillis(1500));
    static final Duration HANDOVER_BOUND = Duration.ofMillis(300);
    static final SessionPolicy POLICY = new SessionPolicy(Duration.ofSeconds(2), Duration.ofMinutes(1),
            Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMillis(500),
            Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(25), Duration.ofSeconds(90));
    static final long SECOND = 1_000_000_000L;

    static WorldSettings of(Chance chance) {
        long cleanUp = chance.oneIn(3) ? 10 * SECOND : SECOND / 10;
        long faulty = 2 * SECOND;
        return chance.oneIn(5)
                ? new WorldSettings(1 + chance.below(2), 4 + chance.below(3), 1, cleanUp, 2 + chance.below(2), true,
                        false, 0,
                        faulty)
                : new WorldSettings(2 + chance.below(2), 2 + chance.below(3), 1 + chance.below(3), cleanUp,
                        1 + chance.below(3), false, chance.oneIn(4), chance.below(3), faulty);
    }

    long session() {
        return TIMINGS.session().toNanos();
    }

    long maxPoll() {
        return TIMINGS.maxPoll().toNanos();
    }
}
