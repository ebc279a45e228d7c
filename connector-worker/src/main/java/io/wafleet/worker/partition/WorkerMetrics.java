package io.wafleet.worker.partition;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/** What a worker counts. Thread-safe. */
public final class WorkerMetrics {
    final Counter commands;
    final Counter dispatches;
    final Counter staleDispatches;
    final Counter deadLetters;
    final Counter inbound;
    final Counter takeovers;
    final Counter handovers;
    final Counter losses;
    final Counter stepFailures;
    final Timer takeover;
    private final AtomicInteger accounts;
    private final AtomicInteger connected;

    public WorkerMetrics(MeterRegistry registry) {
        commands = registry.counter("wafleet.worker.commands");
        dispatches = registry.counter("wafleet.worker.dispatches");
        staleDispatches = registry.counter("wafleet.worker.dispatches.stale");
        deadLetters = registry.counter("wafleet.worker.dead.letters");
        inbound = registry.counter("wafleet.worker.inbound");
        takeovers = registry.counter("wafleet.worker.takeovers");
        handovers = registry.counter("wafleet.worker.handovers");
        losses = registry.counter("wafleet.worker.losses");
        stepFailures = registry.counter("wafleet.worker.takeover.step.failures");
        takeover = registry.timer("wafleet.worker.takeover");
        accounts = registry.gauge("wafleet.worker.accounts", new AtomicInteger());
        connected = registry.gauge("wafleet.worker.connected", new AtomicInteger());
    }

    void count(int connectedMore, int accountsMore) {
        connected.addAndGet(connectedMore);
        accounts.addAndGet(accountsMore);
    }

    /** Accounts in the partitions owned. */
    public int accounts() {
        return accounts.get();
    }

    /** Those of them that are connected. */
    public int connected() {
        return connected.get();
    }
}
