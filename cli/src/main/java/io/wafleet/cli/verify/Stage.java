package io.wafleet.cli.verify;

import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.ProcessFleet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The fleet that scenarios are played on. Thread-safe.
 *
 * @param gateway its address, without a slash at the end
 * @param simulator the same of its simulator; null when that is not known
 * @param crew its processes; null when they are somebody else's
 * @param phones the digits that this run's phones begin with
 * @param used how many of them are taken
 */
record Stage(Http http, String gateway, @Nullable String simulator, Timers timers, Watch watch, @Nullable Crew crew,
        String phones, AtomicInteger used) {
    static Stage own(ProcessFleet fleet, Http http, Timers timers, Watch watch, Crew crew) {
        return new Stage(http, fleet.gateway(""), fleet.simulator(""), timers, watch, crew, "40760000",
                new AtomicInteger());
    }

    /** On a fleet that runs: what this run adds must be nobody else's, so its phones are drawn. */
    static Stage others(Target target, Http http, Timers timers, Watch watch, int drawn) {
        return new Stage(http, target.gateway(), target.simulator(), timers, watch, null,
                "4076%04d".formatted(Math.floorMod(drawn, 10_000)), new AtomicInteger());
    }

    /** A phone that no other scenario of this run has. */
    String newPhone() {
        return phones + "%03d".formatted(used.incrementAndGet());
    }

    /** Why a scenario cannot be played here; empty when it can. */
    Optional<String> missing(Scenario.Needs needs) {
        boolean isThere = switch (needs) {
            case GATEWAY -> true;
            case SIMULATOR -> simulator != null;
            case OWN_FLEET, PROCESSES -> crew != null;
        };
        return isThere ? Optional.empty() : Optional.of(needs.otherwise());
    }
}
