package io.wafleet.simulator;

import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.health.Health;
import io.wafleet.health.Role;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A WhatsApp to develop and test against, running. */
public final class SimulatorRole implements Role {
    private final Wiring wiring;
    private final CompletableFuture<Void> failure;

    private SimulatorRole(Wiring wiring, CompletableFuture<Void> failure) {
        this.wiring = wiring;
        this.failure = failure;
    }

    /**
     * Listens when it returns.
     *
     * @throws io.wafleet.health.PortBusyException when the port is taken
     * @throws io.wafleet.settings.InvalidSettingsException when the data directory cannot be used
     */
    public static SimulatorRole start(SimulatorSettings settings, MeterRegistry metrics, Health health) {
        CompletableFuture<Void> failure = new CompletableFuture<>();
        SimulatorRole role = new SimulatorRole(Wiring.start(settings, metrics, failure), failure);
        health.readyWhen("simulator listens", () -> !role.wiring.isClosed());
        return role;
    }

    @Override
    public String name() {
        return "simulator";
    }

    /** The port it listens on. */
    public int port() {
        return wiring.port();
    }

    @Override
    public CompletionStage<Void> failure() {
        return failure;
    }

    @Override
    public void close() {
        wiring.close();
    }
}
