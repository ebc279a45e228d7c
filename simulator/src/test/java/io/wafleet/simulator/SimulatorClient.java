package io.wafleet.simulator;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client with a real WebSocket, for tests: says frames, waits for frames. */
final class SimulatorClient implements WebSocket.Listener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<ServerFrame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;
    private volatile boolean asleep;

    SimulatorClient(HttpClient http, int port) {
        socket = http.newWebSocketBuilder().buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), this).join();
    }

    SimulatorClient say(ClientFrame frame) {
        return sayText(JsonCodec.text(frame));
    }

    SimulatorClient sayText(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    /** The next frame, which must be of this type. */
    <F extends ServerFrame> F hear(Class<F> type) throws InterruptedException {
        ServerFrame frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("no frame came, " + type.getSimpleName() + " was awaited");
        }
        return type.cast(frame);
    }

    boolean hasHeardNothing() {
        return frames.isEmpty();
    }

    /** The WebSocket status it was closed with; 1006 when the socket just ended. */
    int closeStatus() {
        return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** From now on it reads nothing, as a paused process does: what it still says goes out all the same. */
    void sleepThroughCloses() {
        asleep = true;
    }

    void cut() {
        socket.abort();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            frames.add(JsonCodec.decode(part.toString().getBytes(StandardCharsets.UTF_8), ServerFrame.class));
            part.setLength(0);
        }
        if (!asleep) {
            webSocket.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
        closed.complete(status);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(1006);
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(_ -> socket).join();
    }
}
