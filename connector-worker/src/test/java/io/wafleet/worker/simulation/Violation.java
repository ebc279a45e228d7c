package io.wafleet.worker.simulation;

/** A promise was broken. An error, so that no loop takes it for a failure that it can live with. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(String what) {
        super(what);
    }
}
