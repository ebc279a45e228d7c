package io.wafleet.simulator.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.simulator.ledger.LedgerConnection.EndedBy;
import io.wafleet.simulator.loop.SimulatorLoop;
import io.wafleet.simulator.loop.Wires;
import io.wafleet.simulator.whatsapp.ConnectionId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The clients' WebSockets: frames in, frames out. On the event loop. */
public final class WebSocketWires implements Wires {
    private static final short GOING_AWAY = 1001;
    private static final long LEAVING_STEP_MS = 20;
    private static final long LEAVING_MS = 500;

    /** Only the gauge reads it from another thread. */
    private final Map<ConnectionId, ServerWebSocket> sockets = new ConcurrentHashMap<>();
    private final Counter received;
    private final Counter sent;
    private long connections;

    public WebSocketWires(MeterRegistry metrics) {
        received = metrics.counter("wafleet.simulator.frames.received");
        sent = metrics.counter("wafleet.simulator.frames.sent");
        metrics.gaugeMapSize("wafleet.simulator.connections", java.util.List.of(), sockets);
    }

    /** Takes a client's new connection. */
    void accept(ServerWebSocket socket, SimulatorLoop loop) {
        ConnectionId id = new ConnectionId(++connections);
        sockets.put(id, socket);
        socket.textMessageHandler(text -> hear(loop, id, text));
        socket.binaryMessageHandler(
                _ -> loop.turn((whatsApp, at) -> whatsApp.babbled(at, id, "frames are JSON text, not binary")));
        socket.exceptionHandler(_ -> {
            // a broken socket: its close handler says the rest
        });
        socket.closeHandler(_ -> {
            sockets.remove(id);
            Short status = socket.closeStatusCode();
            loop.turn((whatsApp, at) -> whatsApp.gone(at, id, code(status), by(status)));
        });
        loop.turn((whatsApp, at) -> whatsApp.opened(at, id));
    }

    private void hear(SimulatorLoop loop, ConnectionId id, String text) {
        received.increment();
        try {
            ClientFrame frame = JsonCodec.decode(text.getBytes(StandardCharsets.UTF_8), ClientFrame.class);
            loop.turn((whatsApp, at) -> whatsApp.said(at, id, frame));
        } catch (UnreadableRecordException e) {
            String reason = String.valueOf(e.getMessage());
            loop.turn((whatsApp, at) -> whatsApp.babbled(at, id, reason));
        }
    }

    private static @Nullable Integer code(@Nullable Short status) {
        return status != null && status > ServerFrame.WEBSOCKET_STATUS_BASE
                ? status - ServerFrame.WEBSOCKET_STATUS_BASE
                : null;
    }

    /** The statuses above 1001 that are no code of ours are made up by the server when the socket just ended. */
    private static EndedBy by(@Nullable Short status) {
        return status != null && (status <= GOING_AWAY || status > ServerFrame.WEBSOCKET_STATUS_BASE)
                ? EndedBy.CLIENT
                : EndedBy.NETWORK;
    }

    @Override
    public void tell(ConnectionId connection, ServerFrame frame) {
        ServerWebSocket socket = sockets.get(connection);
        if (socket != null && !socket.isClosed()) {
            sent.increment();
            socket.writeTextMessage(JsonCodec.text(frame));
        }
    }

    @Override
    public void shut(ConnectionId connection, int code) {
        ServerWebSocket socket = sockets.get(connection);
        if (socket != null && !socket.isClosed()) {
            socket.close((short) (ServerFrame.WEBSOCKET_STATUS_BASE + code), null);
        }
    }

    @Override
    public void drop(ConnectionId connection) {
        ServerWebSocket socket = sockets.get(connection);
        if (socket != null) {
            cut(socket);
        }
    }

    /** Past the handlers that would say a close frame first. */
    private static void cut(ServerWebSocket socket) {
        if (socket instanceof WebSocketInternal internal) {
            Channel channel = internal.channelHandlerContext().channel();
            channel.unsafe().close(channel.newPromise());
        }
    }

    /** The server goes away: tells every client, and cuts those that have not answered in time. */
    void leave(Vertx vertx, Runnable left) {
        sockets.values().stream().filter(socket -> !socket.isClosed()).forEach(socket -> socket.close(GOING_AWAY));
        long[] waitedMs = {0};
        vertx.setPeriodic(LEAVING_STEP_MS, timer -> {
            waitedMs[0] += LEAVING_STEP_MS;
            if (sockets.isEmpty() || waitedMs[0] >= LEAVING_MS) {
                vertx.cancelTimer(timer);
                sockets.values().forEach(WebSocketWires::cut);
                left.run();
            }
        });
    }
}
