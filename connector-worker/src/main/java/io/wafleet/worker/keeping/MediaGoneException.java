package io.wafleet.worker.keeping;

import java.io.IOException;
import java.io.Serial;

/** A medium that arrived can be had no more, or not as it is: to ask again is of no use. */
public final class MediaGoneException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param reason for people; never holds the address
     */
    public MediaGoneException(String reason) {
        super(reason);
    }
}
