package io.wafleet.embedded;

/** The broker's data folder cannot be used: another process has it, or it cannot be written. A person can mend it. */
public final class DataDirException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataDirException(String message) {
        super(message);
    }
}
