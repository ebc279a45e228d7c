package io.wafleet.simulator.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.wafleet.simulator.loop.SimulatorLoop;
import java.util.stream.IntStream;

/** The one server for all: {@code /ws} for clients, {@code /api} for control, {@code /} for people. */
public final class SimulatorServer {
    private static final int MAX_BYTES = 1 << 20;
    /** A replaced client that was asleep may wake late: what it then still does must be seen. */
    private static final int CLOSING_TIMEOUT_SECONDS = 60;
    private static final int BACKLOG = 4_096;

    private final Vertx vertx;
    private final SimulatorLoop loop;
    private final WebSocketWires wires;
    private final EventStreams events;
    private volatile int actualPort;

    public SimulatorServer(Vertx vertx, SimulatorLoop loop, WebSocketWires wires, EventStreams events) {
        this.events = events;
        this.vertx = vertx;
        this.loop = loop;
        this.wires = wires;
    }

    /** Begins to listen, on the event loop that then runs all of it. */
    public Future<Void> listen(String host, int port) {
        return Future.<HttpServer>future(
                done -> vertx.runOnContext(_ -> listenHere(host, port).onComplete(done))).map(server -> {
                    actualPort = server.actualPort();
                    return null;
                });
    }

    /** The port it listens on. */
    public int port() {
        return actualPort;
    }

    private Future<HttpServer> listenHere(String host, int port) {
        HttpServerOptions options = new HttpServerOptions().setHost(host).setPort(port).setAcceptBacklog(BACKLOG)
                .setMaxWebSocketFrameSize(MAX_BYTES).setMaxWebSocketMessageSize(MAX_BYTES)
                .setPerMessageWebSocketCompressionSupported(false).setPerFrameWebSocketCompressionSupported(false)
                .setWebSocketClosingTimeout(CLOSING_TIMEOUT_SECONDS);
        return vertx.createHttpServer(options).webSocketHandshakeHandler(SimulatorServer::onlyOnePath)
                .webSocketHandler(socket -> wires.accept(socket, loop)).requestHandler(router()).listen();
    }

    /** Ends in order, within about a second, also when clients do not answer. */
    public Future<Void> leave() {
        return Future.<Void>future(
                left -> vertx.runOnContext(_ -> wires.leave(vertx, () -> left.complete(null))))
                .compose(_ -> vertx.close());
    }

    private static void onlyOnePath(ServerWebSocketHandshake handshake) {
        if (handshake.path().equals("/ws")) {
            handshake.accept();
        } else {
            handshake.reject(404);
        }
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.route("/api/*").handler(BodyHandler.create(false).setBodyLimit(MAX_BYTES));
        new PhoneRoutes(loop).mount(router);
        new MessageRoutes(loop).mount(router);
        new LedgerRoutes(loop).mount(router);
        new FaultRoutes(loop).mount(router);
        new PageRoutes(loop, events).mount(router);
        new MediaRoutes(loop).mount(router);
        router.route().failureHandler(Answers::failed);
        IntStream.of(400, 404, 405, 413, 500).forEach(status -> router.errorHandler(status, Answers::failed));
        return router;
    }
}
