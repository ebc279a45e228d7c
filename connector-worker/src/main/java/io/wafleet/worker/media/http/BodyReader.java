package io.wafleet.worker.media.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects a response's body, and stops as soon as it is, or says that it is, larger than it may be. On the event loop.
 *
 * <p>The bytes are copied into one array: a chunk that is kept costs more than a hundred bytes beside its own, and the other side decides
 * how small its chunks are.
 */
final class BodyReader {
    private static final int FIRST_BYTES = 8_192;
    private static final byte[] NONE = {};

    private final HttpClientResponse response;
    private final int maxBytes;
    private final Runnable end;
    private final Promise<byte[]> whole = Promise.promise();
    private byte[] bytes = NONE;
    private int size;

    /**
     * @param end ends the connection
     */
    BodyReader(HttpClientResponse response, int maxBytes, Runnable end) {
        this.response = response;
        this.maxBytes = maxBytes;
        this.end = end;
    }

    Future<byte[]> read() {
        if (declared(response.getHeader(HttpHeaders.CONTENT_LENGTH)) > maxBytes) {
            tooLarge();
            return whole.future();
        }
        response.handler(this::take).endHandler(_ -> finish()).exceptionHandler(_ -> fail(
                MediaRefusedException.forNow("media_unreachable: its server ended the connection before its end")));
        return whole.future();
    }

    private static long declared(@Nullable String length) {
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private void take(Buffer chunk) {
        if (whole.future().isComplete()) {
            return;
        }
        if (chunk.length() > maxBytes - size) {
            tooLarge();
        } else {
            makeRoomFor(chunk.length());
            chunk.getBytes(bytes, size);
            size += chunk.length();
        }
    }

    /** Twice as much each time, so that all copying together is not more than twice the body. */
    private void makeRoomFor(int more) {
        if (more > bytes.length - size) {
            long doubled = Math.max(FIRST_BYTES, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, Math.max(doubled, size + (long) more)));
        }
    }

    private void tooLarge() {
        fail(MediaRefusedException.forGood("media_too_large: it has more than " + maxBytes + " bytes"));
        bytes = NONE;
        end.run();
    }

    private void finish() {
        if (size == 0) {
            fail(MediaRefusedException.forGood("media_empty: it has no bytes"));
            return;
        }
        whole.tryComplete(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
        bytes = NONE;
    }

    private void fail(MediaRefusedException why) {
        whole.tryFail(why);
    }
}
