package io.wafleet.worker.media.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects a response's body, and stops as soon as it is, or says that it is, larger than it may be. On the event loop. */
final class BodyReader {
    private final HttpClientResponse response;
    private final int maxBytes;
    private final Runnable end;
    private final List<Buffer> chunks = new ArrayList<>();
    private final Promise<byte[]> whole = Promise.promise();
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
            size += chunk.length();
            chunks.add(chunk);
        }
    }

    private void tooLarge() {
        fail(MediaRefusedException.forGood("media_too_large: it has more than " + maxBytes + " bytes"));
        chunks.clear();
        end.run();
    }

    private void finish() {
        if (size == 0) {
            fail(MediaRefusedException.forGood("media_empty: it has no bytes"));
            return;
        }
        byte[] bytes = new byte[size];
        int at = 0;
        for (Buffer chunk : chunks) {
            chunk.getBytes(bytes, at);
            at += chunk.length();
        }
        chunks.clear();
        whole.tryComplete(bytes);
    }

    private void fail(MediaRefusedException why) {
        whole.tryFail(why);
    }
}
