package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.wafleet.health.PortBusyException;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The HTTP server: HTTP/1.1 on one event loop, every bound set. */
final class GatewayServer {
    private final HttpServer server;

    private GatewayServer(HttpServer server) {
        this.server = server;
    }

    /**
     * @throws PortBusyException when the port is taken
     */
    static GatewayServer start(Vertx vertx, String host, int port, HttpLimits limits, Routes routes) {
        HttpServerOptions options = new HttpServerOptions().setHost(host).setPort(port)
                .setMaxHeaderSize(limits.maxHeaderBytes()).setMaxInitialLineLength(limits.maxHeaderBytes())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS).setIdleTimeout((int) limits.idleTimeout().toMillis())
                .setHttp2ClearTextEnabled(false).setReuseAddress(true);
        Router router = routes.router();
        Future<HttpServer> listening = Future.future(promise -> vertx.runOnContext(_ -> {
            ConnectionDeadlines deadlines = new ConnectionDeadlines(vertx, limits.headerTimeout());
            vertx.createHttpServer(options).connectionHandler(deadlines::opened)
                    .invalidRequestHandler(InvalidRequests::answer).requestHandler(request -> {
                        deadlines.requested(request);
                        Escapes.broken(request).ifPresentOrElse(broken -> InvalidRequests.answer(request, broken),
                                () -> router.handle(request));
                    }).listen().onComplete(promise);
        }));
        try {
            return new GatewayServer(listening.toCompletionStage().toCompletableFuture().join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof BindException) {
                throw new PortBusyException(host, port);
            }
            throw e;
        }
    }

    int port() {
        return server.actualPort();
    }

    /** Accepts nothing new, and lets what is under way end within the bound. */
    void close(Duration grace) {
        server.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS).toCompletionStage().toCompletableFuture()
                .completeOnTimeout(null, grace.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS).join();
    }
}
