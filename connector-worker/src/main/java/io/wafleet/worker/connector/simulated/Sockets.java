package io.wafleet.worker.connector.simulated;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Makes a connector's WebSockets, on a Vert.x of its own: one event loop carries all of them, and is the only thread that touches
 * them. Not the JDK's client: that one misses the end of a connection whose last frame and FIN come in one breath. Thread-safe.
 */
final class Sockets {
    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration CLOSING = Duration.ofMillis(900);
    private static final String THREAD = "simulated-connector";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1).setUseDaemonThread(true).setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final Context loop = vertx.getOrCreateContext();
    private final WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions()
            .setMaxConnections(Integer.MAX_VALUE).setMaxFrameSize(BigFrameFilter.MAX_PAYLOAD_BYTES)
            .setConnectTimeout((int) HANDSHAKE_TIMEOUT.toMillis()));

    private final HttpClientAgent http = vertx
            .createHttpClient(new HttpClientOptions().setConnectTimeout((int) HANDSHAKE_TIMEOUT.toMillis()));

    private final BooleanSupplier mayAct;

    /**
     * @param mayAct asked on the event loop right before anything is written
     */
    Sockets(BooleanSupplier mayAct) {
        this.mayAct = mayAct;
        run(() -> Thread.currentThread().setName(THREAD));
    }

    /** Whether anything may be written now. */
    boolean mayAct() {
        return mayAct.getAsBoolean();
    }

    /** Runs it on the event loop, behind all that was given before; never at once. After {@link #close} it does nothing. */
    void run(Runnable what) {
        try {
            loop.runOnContext(_ -> what.run());
        } catch (RejectedExecutionException _) {
            // The loop has ended, and all sockets with it: there is nothing left to do it to.
        }
    }

    /** Begins to connect; on the event loop. */
    Future<WebSocket> connect(URI uri) {
        return client.connect(new WebSocketConnectOptions().setAbsoluteURI(uri.toString())
                .setTimeout(HANDSHAKE_TIMEOUT.toMillis()));
    }

    /** Begins a request; on the event loop. */
    Future<HttpClientRequest> request(RequestOptions options) {
        return http.request(options);
    }

    /** Cuts all that is left, and waits until the threads have ended, though not for long. */
    void close() {
        CountDownLatch closed = new CountDownLatch(1);
        var _ = vertx.close().onComplete(_ -> closed.countDown());
        if (Context.isOnEventLoopThread()) {
            return;
        }
        try {
            var _ = closed.await(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            // They end without being waited for.
            Thread.currentThread().interrupt();
        }
    }
}
