package io.wafleet.cli.torture;

import io.wafleet.cli.fleet.FleetProcess;
import io.wafleet.cli.fleet.Patience;
import io.wafleet.cli.fleet.ProcessFleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts again what ended by itself, as whatever runs a fleet in earnest would: a role that is started while the broker is down says
 * so and ends. Ending for another reason than what a person can mend is a problem. Has a thread of its own; thread-safe.
 */
final class Supervisor implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final int MENDABLE = 2;

    private final ProcessFleet fleet;
    private final Map<String, String[]> watched = new HashMap<>();
    private final List<String> restarts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private volatile boolean over;

    Supervisor(ProcessFleet fleet) {
        this.fleet = fleet;
        Thread.ofPlatform().name("supervisor").daemon().start(() -> {
            while (!over) {
                look();
                Patience.pass(LOOK_EVERY);
            }
        });
    }

    /** From now on the process is to run, and is started by this command when it ended by itself. */
    synchronized void watch(String name, String... command) {
        watched.put(name, command);
    }

    private synchronized void look() {
        watched.forEach((name, command) -> {
            FleetProcess process = fleet.process(name);
            if (!over && process.isEndedByItself()) {
                restarts.add(name);
                if (process.exitCode() != MENDABLE) {
                    problems.add(name + " ended by itself with exit code " + process.exitCode());
                }
                fleet.start(name, command);
            }
        });
    }

    /** What had to be started again, in order. */
    synchronized List<String> restarts() {
        return List.copyOf(restarts);
    }

    /** What ended for no good reason. */
    synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    @Override
    public synchronized void close() {
        over = true;
    }
}
