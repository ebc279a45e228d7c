package io.wafleet.gateway.view;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class WaitersTest {
    private final Waiters<String, Integer> waiters = new Waiters<>(2);

    @Test
    void answersEverybodyWhoWaitsForTheKeyAndNobodyElse() {
        CompletableFuture<Optional<Integer>> one = waiters.await("a", 100).orElseThrow();
        CompletableFuture<Optional<Integer>> two = waiters.await("a", 100).orElseThrow();
        waiters.offer("b", 7);
        assertThat(one).isNotDone();
        waiters.offer("a", 8);
        assertThat(one).isCompletedWithValue(Optional.of(8));
        assertThat(two).isCompletedWithValue(Optional.of(8));
        assertThat(waiters.size()).isZero();
    }

    @Test
    void letsGoAtTheDeadlineAlsoWhenTheClockOverflows() {
        long now = Long.MAX_VALUE - 1;
        CompletableFuture<Optional<Integer>> early = waiters.await("a", now + 1).orElseThrow();
        CompletableFuture<Optional<Integer>> late = waiters.await("a", now + 5).orElseThrow();
        waiters.expire(now);
        assertThat(early).isNotDone();
        waiters.expire(now + 1);
        assertThat(early).isCompletedWithValue(Optional.empty());
        waiters.expire(now + 5);
        assertThat(late).isCompletedWithValue(Optional.empty());
        assertThat(waiters.size()).isZero();
    }

    @Test
    void takesNoMoreThanItsBound() {
        waiters.await("a", 100);
        waiters.await("b", 100);
        assertThat(waiters.await("c", 100)).isEmpty();
        waiters.offer("a", 1);
        assertThat(waiters.await("c", 100)).isPresent();
    }
}
