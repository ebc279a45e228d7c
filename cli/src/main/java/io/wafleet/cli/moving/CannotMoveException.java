package io.wafleet.cli.moving;

/** Something stands in the way that a person can mend; the message is one line for them. What was done until then stays, and is no harm. */
public final class CannotMoveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotMoveException(String message) {
        super(message);
    }
}
