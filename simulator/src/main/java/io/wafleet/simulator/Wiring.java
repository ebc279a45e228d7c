package io.wafleet.simulator;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.wafleet.health.PortBusyException;
import io.wafleet.settings.InvalidSettingsException;
import io.wafleet.simulator.file.FileFactStore;
import io.wafleet.simulator.http.EventStreams;
import io.wafleet.simulator.http.SimulatorServer;
import io.wafleet.simulator.http.VertxAlarm;
import io.wafleet.simulator.http.WebSocketWires;
import io.wafleet.simulator.ledger.Ledger;
import io.wafleet.simulator.loop.FactStore;
import io.wafleet.simulator.loop.SimulatorLoop;
import io.wafleet.simulator.loop.SteadyClock;
import io.wafleet.simulator.whatsapp.SimulatedWhatsApp;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/** Puts the simulator together. All of it lives on the one event loop of its Vert.x. */
final class Wiring implements AutoCloseable {
    private final SimulatorServer server;
    private final FactStore store;
    private volatile boolean closed;

    private Wiring(SimulatorServer server, FactStore store) {
        this.server = server;
        this.store = store;
    }

    static Wiring start(SimulatorSettings settings, MeterRegistry metrics, CompletableFuture<Void> failure) {
        FactStore store = settings.dataDir().<FactStore>map(FileFactStore::open).orElse(FactStore.NONE);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1).setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        try {
            SimulatorServer server = server(vertx, settings, metrics, store, failure);
            server.listen(settings.host(), settings.port()).toCompletionStage().toCompletableFuture().join();
            return new Wiring(server, store);
        } catch (RuntimeException e) {
            vertx.close();
            store.close();
            throw e instanceof CompletionException ? notListening(settings, e) : e;
        }
    }

    private static RuntimeException notListening(SimulatorSettings settings, RuntimeException e) {
        String cause = e.getCause() == null ? "unknown" : String.valueOf(e.getCause().getMessage());
        return cause.contains("Address already in use")
                ? new PortBusyException(settings.host(), settings.port())
                : new InvalidSettingsException(List.of(SimulatorSettings.HOST.option() + ": cannot listen on "
                        + settings.host() + " port " + settings.port() + ": " + cause));
    }

    private static SimulatorServer server(Vertx vertx, SimulatorSettings settings, MeterRegistry metrics,
            FactStore store, CompletableFuture<Void> failure) {
        SimulatedWhatsApp whatsApp = new SimulatedWhatsApp(settings.behaviour(),
                new Ledger(settings.ledgerEntries()), random(settings.seed()));
        WebSocketWires wires = new WebSocketWires(metrics);
        EventStreams events = new EventStreams(vertx);
        SimulatorLoop loop = new SimulatorLoop(whatsApp, store, wires, events, new VertxAlarm(vertx),
                new SteadyClock(InstantSource.system()), failure::completeExceptionally);
        loop.restore();
        return new SimulatorServer(vertx, loop, wires, events);
    }

    private static RandomGenerator random(int seed) {
        return new SplittableRandom(seed == 0 ? new SecureRandom().nextLong() : seed);
    }

    int port() {
        return server.port();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            server.leave().toCompletionStage().toCompletableFuture().join();
            store.close();
        }
    }
}
