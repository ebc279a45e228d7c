package io.wafleet.worker.partition;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.wafleet.contract.WorkerId;
import io.wafleet.worker.session.CloseMeaning;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

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
    final Counter resumptions;
    final Counter stepFailures;
    private final Timer takeover;
    private final Function<String, Timer> takeoverSteps;
    private final Function<CloseMeaning, Counter> closes;
    private final AtomicInteger accounts;
    private final AtomicInteger connected;

    /** Tagged by worker, since several may share a process. */
    public WorkerMetrics(MeterRegistry registry, WorkerId worker) {
        Tags tags = Tags.of("worker", worker.value());
        commands = registry.counter("wafleet.worker.commands", tags);
        dispatches = registry.counter("wafleet.worker.dispatches", tags);
        staleDispatches = registry.counter("wafleet.worker.dispatches.stale", tags);
        deadLetters = registry.counter("wafleet.worker.dead.letters", tags);
        inbound = registry.counter("wafleet.worker.inbound", tags);
        takeovers = registry.counter("wafleet.worker.takeovers", tags);
        handovers = registry.counter("wafleet.worker.handovers", tags);
        losses = registry.counter("wafleet.worker.losses", tags);
        resumptions = registry.counter("wafleet.worker.resumptions", tags);
        stepFailures = registry.counter("wafleet.worker.takeover.step.failures", tags);
        takeover = registry.timer("wafleet.worker.takeover", tags);
        takeoverSteps = step -> registry.timer("wafleet.worker.takeover.step", tags.and("step", step));
        closes = meaning -> registry.counter("wafleet.worker.closes", tags.and("reason", meaning.reason()));
        accounts = registry.gauge("wafleet.worker.accounts", tags, new AtomicInteger());
        connected = registry.gauge("wafleet.worker.connected", tags, new AtomicInteger());
    }

    void takenOver(Takeover done) {
        takeovers.increment();
        takeover.record(done.took());
        done.laps().forEach(lap -> takeoverSteps.apply(lap.step()).record(lap.took()));
    }

    /** A connection ended by itself, by what that means; {@code unknown_code} is worth a look. */
    void closed(CloseMeaning meaning) {
        closes.apply(meaning).increment();
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
