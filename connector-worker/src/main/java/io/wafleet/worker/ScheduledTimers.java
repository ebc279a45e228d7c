package io.wafleet.worker;

import io.wafleet.worker.log.Timers;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timers on one thread of the JDK. */
final class ScheduledTimers implements Timers, AutoCloseable {
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().name("timers").daemon().factory());

    ScheduledTimers() {
        // An account sets and forgets timers all the time; forgotten ones must not pile up.
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Pending after(Duration delay, Runnable task) {
        Future<?> future = executor.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
