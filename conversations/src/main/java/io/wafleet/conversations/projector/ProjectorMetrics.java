package io.wafleet.conversations.projector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.conversations.StoreUnavailableException;
import java.time.InstantSource;
import java.util.Locale;

/** What can be seen of a projector from outside. Written by its thread, read by all. */
final class ProjectorMetrics {
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Counter changes;
    private final Counter deadLetters;
    private volatile long lagRecords;
    private volatile long oldestMs;

    ProjectorMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        changes = Counter.builder("wafleet.projector.changes").description("Changes that the store has kept")
                .register(registry);
        deadLetters = Counter.builder("wafleet.projector.dead.letters")
                .description("Records that cannot be kept, written to the dead letters").register(registry);
        Gauge.builder("wafleet.projector.lag.records", this, m -> m.lagRecords)
                .description("Records of this process's partitions that the store does not have yet")
                .register(registry);
        Gauge.builder("wafleet.projector.lag", this, ProjectorMetrics::lagSeconds).baseUnit("seconds")
                .description("How long ago the oldest record was written that the store does not have yet")
                .register(registry);
    }

    private double lagSeconds() {
        return lagRecords == 0 ? 0 : Math.max(0, clock.millis() - oldestMs) / 1_000.0;
    }

    /**
     * How far the store is behind.
     *
     * @param oldestMs when the oldest record was written that it does not have, or about that
     */
    void behind(long records, long oldestMs) {
        this.oldestMs = oldestMs;
        this.lagRecords = records;
    }

    void kept(int count) {
        changes.increment(count);
    }

    void deadLetters(int count) {
        deadLetters.increment(count);
    }

    void failed(StoreUnavailableException e) {
        Counter.builder("wafleet.projector.store.failures").description("Attempts that the store did not take")
                .tag("reason", e.reason().name().toLowerCase(Locale.ROOT)).register(registry).increment();
    }
}
