package io.wafleet.conversations;

import org.jspecify.annotations.Nullable;

/** The store did not do what was asked; whether it did is not known. The same call can be repeated. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why, as a metric's tag and for the one who waits. */
    public enum Reason {
        /** It does not answer, or cannot read or write. */
        DOWN(true),
        /** Another one is writing for too long. */
        BUSY(true),
        /** There is no room left. */
        FULL(true),
        /** There is none yet: the first who may write makes it. */
        MISSING(true),
        /** It is of an older release: the first who may write brings it up. */
        OLDER(true),
        /** It is of a newer release than this one. */
        NEWER(false),
        /** It is damaged, or something else than a store. */
        CORRUPT(false);

        private final boolean passes;

        Reason(boolean passes) {
            this.passes = passes;
        }

        /** Whether waiting may help; otherwise only a person does. */
        public boolean isRetryable() {
            return passes;
        }
    }

    public StoreUnavailableException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
