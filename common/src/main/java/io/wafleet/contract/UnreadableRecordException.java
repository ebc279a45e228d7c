package io.wafleet.contract;

/** A record that cannot be understood; it belongs on the dead letters. The message names the rule, never the content. */
public final class UnreadableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableRecordException(String reason) {
        super(reason);
    }
}
