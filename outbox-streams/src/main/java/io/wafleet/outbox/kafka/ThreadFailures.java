package io.wafleet.outbox.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.TopologyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread dies: another takes over, since most causes pass; unless the cause cannot pass, or too many
 * have died lately, which means that the same record kills them all. Called on the dying threads.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
    private static final int MOST = 10;
    private static final long WINDOW_NANOS = Duration.ofMinutes(5).toNanos();
    private static final List<Class<? extends RuntimeException>> FATAL = List.of(AuthenticationException.class,
            AuthorizationException.class, UnsupportedVersionException.class, MissingSourceTopicException.class,
            TopologyException.class);

    private final LongSupplier nanoTime;
    private final Deque<Long> deaths = new ArrayDeque<>();

    ThreadFailures(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable death) {
        long now = nanoTime.getAsLong();
        deaths.addLast(now);
        while (now - deaths.getFirst() > WINDOW_NANOS) {
            deaths.removeFirst();
        }
        boolean goOn = !isFatal(death) && deaths.size() <= MOST;
        LOG.error("a stream thread died, {}", goOn ? "another takes over" : "and the outbox ends", death);
        return goOn ? StreamThreadExceptionResponse.REPLACE_THREAD : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static boolean isFatal(Throwable death) {
        for (Throwable cause = death; cause != null; cause = cause.getCause()) {
            Throwable looked = cause;
            if (looked instanceof Error || FATAL.stream().anyMatch(type -> type.isInstance(looked))) {
                return true;
            }
        }
        return false;
    }
}
