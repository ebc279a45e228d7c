package io.wafleet.gateway.http;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class BodyBudgetTest {
    private final BodyBudget budget = new BodyBudget(10);

    @Test
    void aBodyCountsUntilTheLastOneWhoNeedsItIsDone() {
        BodyBudget.Share share = budget.take(8);
        assertThat(budget.hasRoomFor(3)).isFalse();
        assertThat(share.use()).isTrue();
        share.end();
        assertThat(budget.hasRoomFor(3)).isFalse();
        share.end();
        assertThat(budget.heldBytes()).isZero();
        assertThat(share.use()).as("after its end").isFalse();
    }

    @Test
    void aBodyThatWasReadCountsAsWhatItIs() {
        BodyBudget.Share share = budget.take(10);
        share.read(4);
        assertThat(budget.hasRoomFor(6)).isTrue();
        share.end();
        share.read(9);
        assertThat(budget.heldBytes()).as("read after its end").isZero();
    }
}
