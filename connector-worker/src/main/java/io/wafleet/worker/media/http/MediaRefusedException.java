package io.wafleet.worker.media.http;

import io.wafleet.worker.media.MediaSource;
import java.io.Serial;

/** A medium is not to be had, and why; told as {@link MediaSource.Failed}, so it has no stack. */
final class MediaRefusedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean permanent;

    private MediaRefusedException(boolean permanent, String reason) {
        super(reason, null, false, false);
        this.permanent = permanent;
    }

    /** It would go the same way each time. */
    static MediaRefusedException forGood(String reason) {
        return new MediaRefusedException(true, reason);
    }

    /** It may work later. */
    static MediaRefusedException forNow(String reason) {
        return new MediaRefusedException(false, reason);
    }

    MediaSource.Failed failed() {
        return new MediaSource.Failed(permanent, String.valueOf(getMessage()));
    }
}
