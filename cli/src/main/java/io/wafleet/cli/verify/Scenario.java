package io.wafleet.cli.verify;

/** A promise, as something that is done to a fleet and what must come of it. Stateless. */
public interface Scenario {
    /** What it is called on the command line: its class's name with dashes. */
    default String name() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
    }

    /** In one line, which defect of the service before this one must not come back. */
    String answers();

    Needs needs();

    /**
     * Plays it.
     *
     * @throws Unmet when the promise is broken
     */
    void play(Scene scene);

    /** What a scenario needs beside a gateway. */
    enum Needs {
        GATEWAY(""), SIMULATOR("needs the fleet's simulator: give its address with --simulator"),
        /** A fleet whose processes it started, and whose topics it may read; it disturbs nobody. */
        OWN_FLEET("looks into Kafka or starts a process: only on a fleet of its own"),
        /** Kills, freezes and starts processes that others need, too. */
        PROCESSES("kills, freezes and starts processes: only on a fleet of its own");

        private final String otherwise;

        Needs(String otherwise) {
            this.otherwise = otherwise;
        }

        /** Why it is skipped where that is not there. */
        String otherwise() {
            return otherwise;
        }
    }
}
