package io.wafleet.outbox.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ThreadFailuresTest {
    private final AtomicLong nanos = new AtomicLong();
    private final ThreadFailures failures = new ThreadFailures(nanos::get);

    @Test
    void aThreadThatDiedOfSomethingThatPassesIsReplaced() {
        assertThat(failures.handle(new StreamsException(new TimeoutException("slow"))))
                .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    }

    @Test
    void whatCannotPassEndsTheOutbox() {
        assertThat(failures.handle(new StreamsException(new TopicAuthorizationException("no"))))
                .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(failures.handle(new OutOfMemoryError())).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    }

    @Test
    void threadsThatKeepDyingEndTheOutbox() {
        for (int i = 0; i < 10; i++) {
            assertThat(failures.handle(new IllegalStateException()))
                    .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        }
        assertThat(failures.handle(new IllegalStateException()))
                .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    }

    @Test
    void deathsOfLongAgoAreForgotten() {
        for (int i = 0; i < 12; i++) {
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            assertThat(failures.handle(new IllegalStateException()))
                    .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        }
    }
}
