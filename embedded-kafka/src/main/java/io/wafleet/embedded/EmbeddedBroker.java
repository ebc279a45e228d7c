package io.wafleet.embedded;

import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.health.Health;
import io.wafleet.health.PortBusyException;
import io.wafleet.health.Ports;
import io.wafleet.health.Role;
import java.net.BindException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker inside this process: one KRaft node, broker and controller, whose data folder survives restarts and kills. For
 * {@code wafleet dev}, for tests, and for trying several processes on one machine; one machine's disk is all the safety it has.
 *
 * <p>Starting takes these steps, each undone when a later one fails:
 * <ol>
 * <li>take the data folder (used by another broker: {@link DataDirException});
 * <li>look at the port (busy: {@link PortBusyException});
 * <li>write the cluster's identity, the first time;
 * <li>start Kafka's server, and wait until it accepts clients ({@link KraftNode}).
 * </ol>
 *
 * <p>Thread-safe. A fault that Kafka cannot survive completes {@link #failure()} and leaves the process alive.
 */
public final class EmbeddedBroker implements Role {
    private static final String CONTROLLER_HOST = "127.0.0.1";
    private static final int TRIES = 3;

    private final String bootstrapServers;
    private final int port;
    private final DataDir dataDir;
    private final KraftNode node;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final Consumer<Throwable> onFault = failure::completeExceptionally;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedBroker(EmbeddedBrokerSettings settings, DataDir dataDir, ToIntFunction<String> freePorts) {
        this.dataDir = dataDir;
        this.port = settings.port() == 0
                ? freePorts.applyAsInt(settings.host())
                : Ports.check(settings.host(), settings.port());
        this.bootstrapServers = settings.hostForClients() + ":" + port;
        dataDir.format();
        Map<String, Object> config = BrokerConfig.of(settings, port, freePorts.applyAsInt(CONTROLLER_HOST),
                dataDir.logs());
        this.node = new KraftNode(config, dataDir.wasKilled());
    }

    /**
     * Starts a broker and says its state to health and metrics.
     *
     * @throws PortBusyException when the port is taken
     * @throws DataDirException when the data folder cannot be used
     */
    public static EmbeddedBroker start(EmbeddedBrokerSettings settings, MeterRegistry metrics, Health health) {
        EmbeddedBroker broker = start(settings);
        metrics.gauge("wafleet.broker.running", broker, b -> b.isRunning() ? 1 : 0);
        health.readyWhen("broker", broker::isRunning);
        return broker;
    }

    /**
     * Starts a broker.
     *
     * @throws PortBusyException when the port is taken
     * @throws DataDirException when the data folder cannot be used
     */
    public static EmbeddedBroker start(EmbeddedBrokerSettings settings) {
        return start(settings, Ports::free);
    }

    /** Somebody may take the port between the look and Kafka's own bind: then it is looked at again. */
    static EmbeddedBroker start(EmbeddedBrokerSettings settings, ToIntFunction<String> freePorts) {
        for (int i = 1;; i++) {
            try {
                return startOnce(settings, freePorts);
            } catch (RuntimeException e) {
                if (i == TRIES || !isBind(e)) {
                    throw e;
                }
            }
        }
    }

    private static EmbeddedBroker startOnce(EmbeddedBrokerSettings settings, ToIntFunction<String> freePorts) {
        DataDir dataDir = DataDir.open(settings.dataDir());
        @Nullable
        EmbeddedBroker broker = null;
        try {
            broker = new EmbeddedBroker(settings, dataDir, freePorts);
            KafkaExit.listen(broker.onFault);
            broker.node.start();
            return broker;
        } catch (RuntimeException e) {
            undo(broker == null ? dataDir : broker, e);
            throw e;
        }
    }

    private static void undo(AutoCloseable started, RuntimeException because) {
        try {
            started.close();
        } catch (Exception e) {
            because.addSuppressed(e);
        }
    }

    private static boolean isBind(@Nullable Throwable e) {
        return e != null && (e instanceof BindException || isBind(e.getCause()));
    }

    @Override
    public String name() {
        return "broker";
    }

    /** host:port for clients. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    public int port() {
        return port;
    }

    private boolean isRunning() {
        return !closed.get() && !failure.isDone();
    }

    @Override
    public CompletionStage<Void> failure() {
        return failure;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            node.close();
        } finally {
            KafkaExit.ignore(onFault);
            dataDir.close();
        }
    }
}
