package io.wafleet.cli.fleet;

/** A fleet of processes did not do what was waited for; the message says what, and where the logs are. */
public final class FleetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FleetException(String message) {
        super(message);
    }
}
