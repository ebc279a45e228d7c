package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.StoreUnavailableException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

final class StoreReaderTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void ends() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** On the event loop, as requests are. */
    private <T> CompletableFuture<T> onLoop(Supplier<Future<T>> read) {
        return onLoop(1, read).getFirst();
    }

    /** So many at once: no time of theirs can be over before the last has begun. */
    private <T> List<CompletableFuture<T>> onLoop(int times, Supplier<Future<T>> read) {
        List<CompletableFuture<T>> ends = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            ends.add(new CompletableFuture<>());
        }
        vertx.getOrCreateContext().runOnContext(_ -> List.copyOf(ends)
                .forEach(end -> read.get().onComplete(end::complete, end::completeExceptionally)));
        return ends;
    }

    private static Problem problem(CompletableFuture<?> end) {
        CompletionException thrown = catchThrowableOfType(CompletionException.class, end::join);
        assertThat(thrown).cause().isInstanceOf(Problem.class);
        return (Problem) thrown.getCause();
    }

    @Test
    void aStoreThatHangsIsGivenUpAndWhoeverIsTooManyIsRefusedAtOnce() {
        StoreReader reader = new StoreReader(vertx, new NoStore(), Duration.ofSeconds(1));
        CountDownLatch hangs = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        List<CompletableFuture<String>> reads = onLoop(101, () -> reader.read(_ -> {
            begun.incrementAndGet();
            try {
                hangs.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "late";
        }));
        assertThat(problem(reads.getLast()).code()).isEqualTo("store_busy");
        reads.removeLast();
        reads.forEach(read -> assertThat(problem(read).code()).isEqualTo("store_slow"));
        assertThat(reader.state()).isEqualTo("store_slow");
        hangs.countDown();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> onLoop(() -> reader.read(_ -> "well").otherwise("not yet")).join().equals("well"));
        assertThat(begun).as("those that nobody waits for any more are not begun").hasValueLessThan(5);
        assertThat(reader.state()).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void eachReasonIs503WithoutTheStoresOwnWords(Reason reason) {
        StoreReader reader = new StoreReader(vertx, new NoStore(), Duration.ofSeconds(5));
        Problem problem = problem(onLoop(() -> reader.read(_ -> {
            throw new StoreUnavailableException(reason, "store /var/here.db is away", null);
        })));
        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.code()).startsWith("store_").isEqualTo(reader.state());
        assertThat(problem.getMessage()).doesNotContain("here.db");
        assertThat(problem.answer("r").headers().containsKey("Retry-After")).isEqualTo(reason.isRetryable());
    }

    @Test
    void whatEndpointsRefuseIsNoFailureOfTheStore() {
        StoreReader reader = new StoreReader(vertx, new NoStore(), Duration.ofSeconds(5));
        assertThat(problem(onLoop(() -> reader.read(_ -> {
            throw Problem.of(404, "thread_unknown", "Thread not found");
        }))).code()).isEqualTo("thread_unknown");
        assertThat(reader.state()).isEqualTo("unused");
    }
}
