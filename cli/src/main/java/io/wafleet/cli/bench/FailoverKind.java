package io.wafleet.cli.bench;

/** What happens to a worker in each run. */
public enum FailoverKind {
    /** SIGKILL: it is gone without a word. */
    KILL,
    /** SIGTERM: it hands over in order. */
    TERM,
    /** SIGSTOP for five sessions, then SIGCONT: it wakes up as a former owner. */
    STOP,
    /** One more worker joins. */
    JOIN;

    /** Whether its connections count as dead from the event on, whenever the other side sees them end. */
    boolean diesAtOnce() {
        return this == KILL || this == STOP;
    }
}
