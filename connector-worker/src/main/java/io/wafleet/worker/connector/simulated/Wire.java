package io.wafleet.worker.connector.simulated;

import io.netty.channel.Channel;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket that carries frames. Any thread may call it; the socket itself is touched on the event loop only, so that writes
 * leave in the order of {@link #write}. It waits for nothing and knows no rule.
 */
final class Wire {
    /** A socket that takes nothing any more must not fill the memory. */
    private static final int MAX_BACKLOG_CHARS = 8 << 20;
    /** Vert.x's name for what makes frames of bytes. */
    private static final String DECODER = "ws-decoder";

    /** Hears what comes in; called on the event loop, one call at a time but for {@link #broken}. */
    interface Ear {
        void ready();

        void frame(ServerFrame frame);

        /** Something that is no frame this client knows. */
        void noise();

        /** The other side ended the WebSocket, with this status. */
        void ended(int status);

        /** The WebSocket broke, or was never made. */
        void broken(String why);
    }

    private final Sockets sockets;
    private final Ear ear;

    /** Of the event loop. */
    private final Incoming incoming;
    private @Nullable WebSocketInternal socket;

    /** Guards what follows. */
    private final Object lock = new Object();
    private final Queue<String> outgoing = new ArrayDeque<>(0);
    private long backlogChars;
    private boolean drainDue;
    private boolean shut;

    Wire(Sockets sockets, Ear ear) {
        this.sockets = sockets;
        this.ear = ear;
        this.incoming = new Incoming(ear);
    }

    /** Begins to connect. */
    void connect(URI uri) {
        sockets.run(() -> {
            var _ = sockets.connect(uri).onComplete(this::made, _ -> ear.broken("connection not made"));
        });
    }

    private void made(WebSocket made) {
        if (!(made instanceof WebSocketInternal opened)) {
            throw new IllegalStateException("a WebSocket without a channel");
        }
        socket = opened;
        Channel channel = opened.channelHandlerContext().channel();
        // Told of by the channel itself, also when it has ended already; behind the frames that came before.
        channel.closeFuture().addListener(_ -> sockets.run(() -> ear.broken("connection lost")));
        if (isShut()) {
            cut(opened);
        } else if (opened.isClosed()) {
            // Ended right behind the handshake: no handler can be set any more.
            ear.ended(opened.closeStatusCode());
        } else {
            channel.pipeline().addBefore(DECODER, null, new BigFrameFilter());
            opened.frameHandler(this::hear).drainHandler(_ -> drain());
            ear.ready();
        }
    }

    private void hear(WebSocketFrame frame) {
        try {
            switch (frame.type()) {
                case TEXT, BINARY, CONTINUATION -> incoming.take(frame);
                case CLOSE -> ear.ended(frame.closeStatusCode());
                case PING, PONG -> {
                    // Vert.x answers.
                }
            }
        } catch (RuntimeException e) {
            // Whoever listens has missed something: nothing that follows would make sense.
            ear.broken("listener failed");
            throw e;
        }
    }

    /** Puts a frame into the queue. */
    void write(ClientFrame frame) {
        String text = JsonCodec.text(frame);
        boolean stuck;
        boolean drain;
        synchronized (lock) {
            if (shut) {
                return;
            }
            backlogChars += text.length();
            stuck = backlogChars > MAX_BACKLOG_CHARS;
            outgoing.add(text);
            drain = !drainDue;
            drainDue = true;
        }
        if (stuck) {
            ear.broken("nothing can be written");
        } else if (drain) {
            sockets.run(this::drain);
        }
    }

    /** Writes as much as the socket takes; it says when it takes more. */
    private void drain() {
        synchronized (lock) {
            drainDue = false;
        }
        WebSocketInternal to = socket;
        if (!sockets.mayAct()) {
            // The process slept since this was ordered: another may be the owner by now, and a login would end its connection.
            ear.broken("may not act any more");
            return;
        }
        while (to != null && !to.isClosed() && !to.writeQueueFull()) {
            String text = next();
            if (text == null) {
                return;
            }
            var _ = to.writeTextMessage(text);
        }
    }

    private @Nullable String next() {
        synchronized (lock) {
            String text = outgoing.poll();
            backlogChars -= text == null ? 0 : text.length();
            return text;
        }
    }

    /** Ends it in order, without writing what the socket does not take; {@link #abort} when the other side does not follow. */
    void shut() {
        if (silence()) {
            sockets.run(() -> {
                drain();
                forgetOutgoing();
                if (socket != null) {
                    var _ = socket.close();
                }
            });
        }
    }

    /** Ends it at once. */
    void abort() {
        silence();
        forgetOutgoing();
        sockets.run(() -> {
            if (socket != null) {
                cut(socket);
            }
        });
    }

    /** Past the handlers that would say a close frame first. */
    private static void cut(WebSocketInternal socket) {
        Channel channel = socket.channelHandlerContext().channel();
        channel.unsafe().close(channel.newPromise());
    }

    /** Takes no more writes; whether it took them until now. */
    private boolean silence() {
        synchronized (lock) {
            boolean first = !shut;
            shut = true;
            return first;
        }
    }

    private boolean isShut() {
        synchronized (lock) {
            return shut;
        }
    }

    private void forgetOutgoing() {
        synchronized (lock) {
            outgoing.clear();
            backlogChars = 0;
        }
    }
}
