package io.wafleet.simulator;

import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.health.Health;
import io.wafleet.health.Role;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A WhatsApp to develop and test against, running. */
public final class SimulatorRole implements Role {
    private final Wiring wiring;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    private SimulatorRole(Wiring wiring) {
        this.wiring = wiring;
    }

    /**
     * Listens when it returns.
     *
     * @throws io.wafleet.health.PortBusyException when the port is taken
     * @throws io.wafleet.settings.InvalidSettingsException when the data directory cannot be used
     */
    public static SimulatorRole start(SimulatorSettings settings, MeterRegistry metrics, Health health) {
        SimulatorRole role = new SimulatorRole(Wiring.start(settings, metrics));
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
