package io.wafleet.cli.verify;

/** What a scenario expected is not so; the message says both. */
public final class Unmet extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unmet(String message) {
        super(message);
    }
}
