package io.wafleet.kafka;

import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What a dead letter holds of its record: all of it, or, when it would no longer fit beside the letter's own headers, the beginning of key and
 * value, and a reason that says so. A letter that the broker refuses would stop its writer for ever.
 */
public final class LetterBody {
    /** Below the broker's usual limit for a record (1 MB), with room for headers. */
    private static final int MAX_BYTES = 900_000;

    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final Headers headers;
    private final String reason;

    /** @param headers that the record had, and the letter keeps unless it is cut */
    public LetterBody(byte @Nullable [] key, byte @Nullable [] value, Headers headers, String reason) {
        int size = length(value);
        boolean fits = (long) size + length(key) + length(headers) <= MAX_BYTES;
        this.key = fits ? key : cut(key);
        this.value = fits ? value : cut(value);
        this.headers = fits ? new RecordHeaders(headers) : new RecordHeaders();
        this.reason = fits ? reason : reason + " (cut from " + size + " bytes)";
    }

    /** Of a record whose headers are not at hand. */
    public static LetterBody of(byte @Nullable [] key, byte @Nullable [] value, String reason) {
        return new LetterBody(key, value, new RecordHeaders(), reason);
    }

    public byte @Nullable [] key() {
        return key;
    }

    public byte @Nullable [] value() {
        return value;
    }

    /** A copy of the record's, to be marked with where it came from. */
    public Headers headers() {
        return headers;
    }

    public String reason() {
        return reason;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static int length(Headers headers) {
        int size = 0;
        for (Header header : headers) {
            size += header.key().length() + length(header.value());
        }
        return size;
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= MAX_BYTES / 2 ? bytes : Arrays.copyOf(bytes, MAX_BYTES / 2);
    }
}
