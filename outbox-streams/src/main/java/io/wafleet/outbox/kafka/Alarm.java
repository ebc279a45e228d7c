package io.wafleet.outbox.kafka;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Rings once, at the earliest moment it was set to. Streams commits a task after each punctuation, even one that did nothing: 64
 * tasks that look every 50 ms for something due would keep an idle fleet busy with transactions ({@code
 * docs/adr/0011-outbox-timers.md}). On the task's thread.
 */
final class Alarm {
    private final ProcessorContext<?, ?> context;
    private final Runnable ring;
    private @Nullable Cancellable set;
    private Instant at = Instant.MAX;

    Alarm(ProcessorContext<?, ?> context, Runnable ring) {
        this.context = context;
        this.ring = ring;
    }

    /** Rings at that moment, unless it is set to an earlier one. */
    void setTo(Instant when) {
        if (!when.isBefore(at)) {
            return;
        }
        silence();
        at = when;
        long delay = Math.max(1, when.toEpochMilli() - context.currentSystemTimeMs());
        set = context.schedule(Duration.ofMillis(delay), PunctuationType.WALL_CLOCK_TIME, _ -> {
            silence();
            ring.run();
        });
    }

    /** Rings no more, unless it is set again. */
    void silence() {
        if (set != null) {
            set.cancel();
            set = null;
        }
        at = Instant.MAX;
    }
}
