package io.wafleet.worker.connector.simulated;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MediaInfo;
import io.wafleet.worker.connector.MediaBytes;
import io.wafleet.worker.connector.Uploaded;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Brings media to the simulator by HTTP, beside the WebSocket; a message then only names their address. Thread-safe. */
final class MediaUpload {
    private static final Duration IDLE = Duration.ofSeconds(15);
    /**
     * The most that {@code media.timeout} may be: nobody waits longer. An upload that takes a byte now and then is never idle, and would keep
     * its bytes in memory.
     */
    private static final Duration LONGEST = Duration.ofSeconds(35);

    private final Sockets sockets;
    private final String base;

    /** The simulator's answer. */
    record Kept(URI url, MediaInfo media) implements Uploaded {}

    /**
     * @param webSocket of the simulator
     */
    MediaUpload(Sockets sockets, URI webSocket) {
        this.sockets = sockets;
        this.base = (webSocket.getScheme().equals("wss") ? "https" : "http") + "://" + webSocket.getRawAuthority();
    }

    CompletionStage<Uploaded> upload(MediaBytes media) {
        CompletableFuture<Uploaded> done = new CompletableFuture<>();
        sockets.run(() -> {
            var _ = send(media).onComplete(done::complete, done::completeExceptionally);
        });
        return done;
    }

    private Future<Uploaded> send(MediaBytes media) {
        if (!sockets.mayAct()) {
            return Future.failedFuture("may not act any more");
        }
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(base + "/media")
                .setIdleTimeout(IDLE.toMillis()).putHeader(HttpHeaders.CONTENT_TYPE, media.mimetype());
        return sockets.request(options).compose(request -> exchange(request, media)
                .timeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS).onFailure(_ -> request.reset()));
    }

    private static Future<Uploaded> exchange(HttpClientRequest request, MediaBytes media) {
        return request.send(Buffer.buffer(media.bytes()))
                .compose(response -> response.body().compose(body -> response.statusCode() == 200
                        ? Future.succeededFuture(JsonCodec.decode(body.getBytes(), Kept.class))
                        : Future.failedFuture("the simulator answered " + response.statusCode())));
    }
}
