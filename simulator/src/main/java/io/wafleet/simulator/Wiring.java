package io.wafleet.simulator;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.wafleet.health.PortBusyException;
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
import java.net.BindException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/** Puts the simulator together. All of it lives on the one event loop of its Vert.x. */
final class Wiring implements AutoCloseable {
    private final Vertx vertx;
    private final FactStore store;
    private final HttpServer server;
    private volatile boolean closed;

    private Wiring(Vertx vertx, FactStore store, HttpServer server) {
        this.vertx = vertx;
        this.store = store;
        this.server = server;
    }

    static Wiring start(SimulatorSettings settings, MeterRegistry metrics, CompletableFuture<Void> failure) {
        FactStore store = settings.dataDir().<FactStore>map(FileFactStore::open).orElse(FactStore.NONE);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1).setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        try {
            HttpServer server = listen(vertx, settings, metrics, store, failure).toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return new Wiring(vertx, store, server);
        } catch (RuntimeException e) {
            vertx.close();
            store.close();
            throw e instanceof CompletionException && e.getCause() instanceof BindException
                    ? new PortBusyException(settings.host(), settings.port())
                    : e;
        }
    }

    private static Future<HttpServer> listen(Vertx vertx, SimulatorSettings settings, MeterRegistry metrics,
            FactStore store, CompletableFuture<Void> failure) {
        SimulatedWhatsApp whatsApp = new SimulatedWhatsApp(settings.behaviour(),
                new Ledger(settings.ledgerEntries()), random(settings.seed()));
        WebSocketWires wires = new WebSocketWires(metrics);
        EventStreams events = new EventStreams(vertx);
        SimulatorLoop loop = new SimulatorLoop(whatsApp, store, wires, events, new VertxAlarm(vertx),
                new SteadyClock(InstantSource.system()), failure::completeExceptionally);
        SimulatorServer server = new SimulatorServer(vertx, loop, wires, events);
        loop.restore();
        return Future.future(done -> vertx
                .runOnContext(_ -> server.listen(settings.host(), settings.port()).onComplete(done)));
    }

    private static RandomGenerator random(int seed) {
        return new SplittableRandom(seed == 0 ? new SecureRandom().nextLong() : seed);
    }

    int port() {
        return server.actualPort();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            vertx.close().toCompletionStage().toCompletableFuture().join();
            store.close();
        }
    }
}
