package io.wafleet.conversations;

/** One change of a batch can never be stored; nothing of the batch counts as applied. Its message holds nothing of what was said. */
public final class UnstorableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Change change;

    public UnstorableException(Change change, String why) {
        super(why);
        this.change = change;
    }

    /** The one to leave out. */
    public Change change() {
        return change;
    }
}
