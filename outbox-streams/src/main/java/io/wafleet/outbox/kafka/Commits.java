package io.wafleet.outbox.kafka;

import io.wafleet.outbox.core.CommitPace;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks Streams to commit when the thread's {@link CommitPace} says so. All tasks of a stream thread share a transaction, so they share one of
 * these. On its stream thread.
 */
final class Commits {
    private final CommitPace pace;
    private final LongSupplier nanoTime;
    private @Nullable Cancellable alarm;
    private @Nullable TaskId alarmOf;

    private Commits(Duration quiet, Duration most, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.pace = new CommitPace(quiet, most, nanoTime.getAsLong());
    }

    /** One for each stream thread; the durations are those of {@link CommitPace}. */
    static ThreadLocal<Commits> ofEachThread(Duration quiet, Duration most, LongSupplier nanoTime) {
        return ThreadLocal.withInitial(() -> new Commits(quiet, most, nanoTime));
    }

    /** A task has done something that is to be committed. */
    void worked(ProcessorContext<?, ?> context) {
        pace.step();
        if (pace.leftNanos(nanoTime.getAsLong()) <= 0) {
            commit(context);
        } else if (alarm == null) {
            wake(context);
        }
    }

    /** The task ends, and its alarms with it. */
    void left(ProcessorContext<?, ?> context) {
        if (context.taskId().equals(alarmOf)) {
            silence();
        }
    }

    private void wake(ProcessorContext<?, ?> context) {
        long millis = Math.max(1, Duration.ofNanos(pace.leftNanos(nanoTime.getAsLong())).toMillis());
        alarmOf = context.taskId();
        alarm = context.schedule(Duration.ofMillis(millis), PunctuationType.WALL_CLOCK_TIME, _ -> ring(context));
    }

    private void ring(ProcessorContext<?, ?> context) {
        silence();
        if (pace.leftNanos(nanoTime.getAsLong()) <= 0) {
            commit(context);
        } else {
            wake(context);
        }
    }

    private void commit(ProcessorContext<?, ?> context) {
        silence();
        context.commit();
        pace.asked(nanoTime.getAsLong());
    }

    /** The thread's transaction has ended. */
    void ended() {
        pace.ended(nanoTime.getAsLong());
    }

    private void silence() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
            alarmOf = null;
        }
    }
}
