package io.wafleet.worker.connector.simulated;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.worker.connector.ConnectRequest;
import io.wafleet.worker.connector.Connection;
import io.wafleet.worker.connector.ConnectionListener;
import io.wafleet.worker.connector.Connector;
import io.wafleet.worker.connector.KeepAlive;
import io.wafleet.worker.connector.MediaBytes;
import io.wafleet.worker.connector.Uploaded;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to the simulated WhatsApp. All connections share one event loop, and one timer that looks at each of them now and then:
 * a connection costs memory, no thread. Thread-safe.
 */
public final class SimulatedConnector implements Connector {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedConnector.class);
    private static final int LOOKS_PER_INTERVAL = 5;
    private static final Duration MOST_BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final URI uri;
    private final KeepAlive.Timing timing;
    private final LongSupplier nanoClock;
    private final Sockets sockets;
    private final MediaUpload uploads;
    private final ScheduledExecutorService timer;
    private final Set<SimulatedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Counter noise;
    private volatile boolean closed;

    /**
     * @param nanoClock monotonic, such as {@code System::nanoTime}
     * @param mayAct asked right before a login, a message or an ack is written: the lease
     */
    public SimulatedConnector(SimulatedConnectorSettings settings, KeepAlive.Timing timing, LongSupplier nanoClock,
            BooleanSupplier mayAct, MeterRegistry metrics) {
        this.uri = settings.uri();
        this.timing = timing;
        this.nanoClock = nanoClock;
        this.sockets = new Sockets(mayAct);
        this.uploads = new MediaUpload(sockets, uri);
        this.noise = metrics.counter("wafleet.worker.simulated.frames.unknown");
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("simulated-connector-timer").factory());
        long every = Math.min(MOST_BETWEEN_LOOKS.toNanos(), timing.interval().toNanos() / LOOKS_PER_INTERVAL);
        var _ = timer.scheduleWithFixedDelay(this::look, every, Math.max(1, every), TimeUnit.NANOSECONDS);
    }

    @Override
    public Connection open(ConnectRequest request, ConnectionListener listener) {
        SimulatedConnection connection = new SimulatedConnection(this, request, listener);
        begin(connection);
        return connection;
    }

    private void begin(SimulatedConnection connection) {
        connections.add(connection);
        if (closed) {
            connection.drop();
            connections.remove(connection);
        } else {
            connection.wire().connect(uri);
        }
    }

    /** Gives a pairing up that has no open connection: logs in for no other purpose. */
    void logOut(ConnectRequest request) {
        AtomicReference<@Nullable Connection> farewell = new AtomicReference<>();
        SimulatedConnection connection = new SimulatedConnection(this, request, signal -> {
            Connection opened = farewell.get();
            if (signal instanceof ConnectionListener.Opened && opened != null) {
                opened.close(true);
            }
        });
        farewell.set(connection);
        begin(connection);
    }

    CompletionStage<Uploaded> upload(MediaBytes media) {
        return uploads.upload(media);
    }

    private void look() {
        for (SimulatedConnection connection : connections) {
            try {
                connection.tick();
            } catch (RuntimeException e) {
                // One listener that fails must not end the keep-alive of all others.
                LOG.error("a connection's listener failed", e);
            }
        }
    }

    Sockets sockets() {
        return sockets;
    }

    long now() {
        return nanoClock.getAsLong();
    }

    KeepAlive.Timing timing() {
        return timing;
    }

    void noise() {
        noise.increment();
    }

    void forget(SimulatedConnection connection) {
        connections.remove(connection);
    }

    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        connections.forEach(SimulatedConnection::drop);
        connections.clear();
        sockets.close();
    }

    /** Connections not yet over; for tests. */
    int liveConnections() {
        return connections.size();
    }
}
