package io.wafleet.worker.connector.simulated;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket that carries frames. Writes leave in the order of {@link #write}, one at a time as the JDK's WebSocket wants it.
 * Thread-safe; it waits for nothing and knows no rule.
 */
final class Wire implements WebSocket.Listener {
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(20);
    /** A real message has at most 64 Ki characters, six times as many when each is escaped. */
    private static final int MAX_FRAME_CHARS = 1 << 20;
    /** A socket that takes nothing any more must not fill the memory. */
    private static final int MAX_BACKLOG_CHARS = 8 << 20;

    /** Hears what comes in; called on the client's threads, one call at a time but for {@link #broken}. */
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

    private final Ear ear;
    private final StringBuilder incoming = new StringBuilder();
    private boolean tooBig;

    /** Guards what follows. */
    private final Object lock = new Object();
    private final Queue<String> outgoing = new ArrayDeque<>();
    private @Nullable WebSocket socket;
    private long backlogChars;
    private boolean writing;
    private boolean shut;

    Wire(Ear ear) {
        this.ear = ear;
    }

    /** Begins to connect. */
    void connect(HttpClient client, URI uri) {
        var _ = client.newWebSocketBuilder().connectTimeout(HANDSHAKE_TIMEOUT).buildAsync(uri, this)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        ear.broken("connection not made");
                    }
                });
    }

    @Override
    public void onOpen(WebSocket opened) {
        boolean late;
        synchronized (lock) {
            socket = opened;
            late = shut;
        }
        if (late) {
            opened.abort();
            return;
        }
        ear.ready();
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        if (incoming.length() + data.length() > MAX_FRAME_CHARS) {
            tooBig = true;
            incoming.setLength(0);
            incoming.trimToSize();
        }
        if (!tooBig) {
            incoming.append(data);
        }
        if (last) {
            take();
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        if (last) {
            ear.noise();
        }
        from.request(1);
        return null;
    }

    private void take() {
        String text = incoming.toString();
        boolean whole = !tooBig;
        incoming.setLength(0);
        tooBig = false;
        ServerFrame frame = whole ? read(text) : null;
        if (frame == null) {
            ear.noise();
        } else {
            ear.frame(frame);
        }
    }

    private static @Nullable ServerFrame read(String text) {
        try {
            return JsonCodec.decode(text.getBytes(StandardCharsets.UTF_8), ServerFrame.class);
        } catch (UnreadableRecordException _) {
            return null;
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        ear.ended(status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        ear.broken("connection lost");
    }

    /** Puts a frame into the queue. */
    void write(ClientFrame frame) {
        String text = JsonCodec.text(frame);
        boolean stuck;
        synchronized (lock) {
            if (shut) {
                return;
            }
            backlogChars += text.length();
            stuck = backlogChars > MAX_BACKLOG_CHARS;
            outgoing.add(text);
        }
        if (stuck) {
            ear.broken("nothing can be written");
        } else {
            drain();
        }
    }

    /** Writes until one write has to be waited for; its end goes on. */
    private void drain() {
        while (true) {
            WebSocket to;
            String text;
            synchronized (lock) {
                to = socket;
                text = writing ? null : outgoing.peek();
                if (to == null || text == null) {
                    return;
                }
                outgoing.remove();
                writing = true;
            }
            CompletableFuture<WebSocket> written = to.sendText(text, true);
            if (!written.isDone() || written.isCompletedExceptionally()) {
                var _ = written.whenComplete((_, failure) -> written(text, failure));
                return;
            }
            release(text);
        }
    }

    private void written(String text, @Nullable Throwable failure) {
        release(text);
        if (failure == null) {
            drain();
        } else {
            ear.broken("connection lost");
        }
    }

    private void release(String text) {
        synchronized (lock) {
            writing = false;
            backlogChars -= text.length();
        }
    }

    /** Ends it in order, without writing what is still queued; {@link #abort} when the other side does not follow. */
    void shut() {
        WebSocket open = silence();
        if (open != null) {
            var _ = open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((_, failure) -> {
                if (failure != null) {
                    open.abort();
                }
            });
        }
    }

    /** Ends it at once. */
    void abort() {
        WebSocket open = silence();
        if (open != null) {
            open.abort();
        }
    }

    private @Nullable WebSocket silence() {
        synchronized (lock) {
            shut = true;
            outgoing.clear();
            return socket;
        }
    }
}
