package io.wafleet.media;

import java.io.IOException;
import java.io.Serial;

/** Bytes are not those that their key names. */
public final class MediaMismatchException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    MediaMismatchException() {
        super("the bytes have another SHA-256 than said");
    }
}
