package io.wafleet.worker.connector.simulated;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A server that does what its test tells it, however rude. */
final class RoughServer implements AutoCloseable {
    private static final int BIG = 16 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final List<ClientFrame> heard = new CopyOnWriteArrayList<>();

    /**
     * @param answer to each frame; null: never says anything
     */
    RoughServer(@Nullable BiConsumer<ServerWebSocket, ClientFrame> answer) {
        server = vertx.createHttpServer(
                new HttpServerOptions().setMaxWebSocketMessageSize(BIG).setWebSocketClosingTimeout(1).setPort(0)
                        .setHost("127.0.0.1"));
        server.webSocketHandler(socket -> socket.textMessageHandler(text -> {
            ClientFrame frame = JsonCodec.decode(text.getBytes(StandardCharsets.UTF_8), ClientFrame.class);
            heard.add(frame);
            if (answer != null) {
                answer.accept(socket, frame);
            }
        }));
        server.listen().await();
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + server.actualPort() + "/ws");
    }

    List<ClientFrame> heard() {
        return heard;
    }

    static void say(ServerWebSocket socket, ServerFrame frame) {
        var _ = socket.writeTextMessage(JsonCodec.text(frame));
    }

    static void sayText(ServerWebSocket socket, String text) {
        var _ = socket.writeTextMessage(text);
    }

    /** As one frame, whatever its size. */
    static void sayWhole(ServerWebSocket socket, String text) {
        var _ = socket.writeFrame(WebSocketFrame.textFrame(text, true));
    }

    static void sayBinary(ServerWebSocket socket, byte[] bytes) {
        var _ = socket.writeBinaryMessage(Buffer.buffer(bytes));
    }

    static void close(ServerWebSocket socket, int status) {
        var _ = socket.close((short) status);
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
