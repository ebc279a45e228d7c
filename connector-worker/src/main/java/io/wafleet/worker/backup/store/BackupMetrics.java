package io.wafleet.worker.backup.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.wafleet.contract.WorkerId;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What is counted of backups. Thread-safe. */
final class BackupMetrics {
    final Counter written;
    final Counter cleared;
    final Counter refused;
    final Counter failed;
    final Counter restored;
    final Counter unreadable;

    /**
     * @param oldest how long the oldest copy waits to be written
     * @param waiting how many wait
     */
    BackupMetrics(MeterRegistry registry, WorkerId worker, Supplier<Duration> oldest, Supplier<Number> waiting) {
        Tags tags = Tags.of("worker", worker.value());
        written = registry.counter("wafleet.worker.backup.written", tags);
        cleared = registry.counter("wafleet.worker.backup.cleared", tags);
        refused = registry.counter("wafleet.worker.backup.refused", tags);
        failed = registry.counter("wafleet.worker.backup.failed", tags);
        restored = registry.counter("wafleet.worker.backup.restored", tags);
        unreadable = registry.counter("wafleet.worker.backup.unreadable", tags);
        TimeGauge.builder("wafleet.worker.backup.oldest", () -> oldest.get().toMillis(), TimeUnit.MILLISECONDS)
                .tags(tags).register(registry);
        Gauge.builder("wafleet.worker.backup.waiting", waiting).tags(tags).register(registry);
    }
}
