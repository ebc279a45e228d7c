package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Base64;
import java.util.Optional;

/**
 * A small JPEG that shows what a medium is, before or without its bytes.
 *
 * @param base64 of the JPEG, which has at most {@link #MAX_BYTES}
 */
public record Thumbnail(@JsonValue String base64) {
    public static final int MAX_BYTES = 16 * 1024;

    private static final int FIRST = 0xFF;
    private static final int SECOND = 0xD8;
    private static final int LENGTH_OF_FOUR = 4;
    private static final int BYTES_OF_FOUR = 3;

    @JsonCreator
    public Thumbnail {
        if (!isJpeg(decoded(base64))) {
            throw new IllegalArgumentException("thumbnail must be Base64 of a JPEG of at most " + MAX_BYTES + " bytes");
        }
    }

    /** Drops what is none: a picture that is too large must not cost the message. */
    public static Optional<Thumbnail> ofBase64(String base64) {
        return isJpeg(decoded(base64)) ? Optional.of(new Thumbnail(base64)) : Optional.empty();
    }

    public byte[] jpeg() {
        return decoded(base64);
    }

    private static boolean isJpeg(byte[] bytes) {
        return bytes.length > 2 && bytes.length <= MAX_BYTES && (bytes[0] & FIRST) == FIRST
                && (bytes[1] & FIRST) == SECOND;
    }

    /** Empty when it is no Base64, or so long that it need not be looked at. */
    private static byte[] decoded(String base64) {
        int most = (MAX_BYTES + BYTES_OF_FOUR - 1) / BYTES_OF_FOUR * LENGTH_OF_FOUR;
        if (base64.length() > most) {
            return new byte[0];
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    /** Messages are private. */
    @Override
    public String toString() {
        return "Thumbnail[" + base64.length() + " characters]";
    }
}
