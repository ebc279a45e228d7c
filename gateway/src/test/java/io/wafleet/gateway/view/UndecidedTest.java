package io.wafleet.gateway.view;

import io.wafleet.contract.CommandId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UndecidedTest {
    private final Undecided undecided = new Undecided(Duration.ofSeconds(2));
    private long nanos;
    private int asked;

    @Test
    void aPartitionThatIsBehindWithManyIsAskedNoMoreUntilItAnswered() {
        ask(0, 200);
        after(Duration.ofSeconds(3));
        assertThat(undecided.ask(0, id("new"), nanos)).isFalse();
        undecided.answered(0, id("c199"));
        assertThat(undecided.ask(0, id("new"), nanos)).isTrue();
    }

    @Test
    void anAnswerTellsOfAllThatWereAskedBefore() {
        ask(0, 100);
        after(Duration.ofSeconds(1));
        ask(0, 60);
        after(Duration.ofMillis(1500));
        assertThat(undecided.ask(0, id("new"), nanos)).isFalse();
        undecided.answered(0, id("c99"));
        assertThat(undecided.ask(0, id("new"), nanos)).isTrue();
        undecided.answered(0, id("of-another-gateway"));
    }

    @Test
    void otherPartitionsAreNotHeldUp() {
        ask(0, 200);
        after(Duration.ofSeconds(3));
        assertThat(undecided.ask(1, id("new"), nanos)).isTrue();
        undecided.answered(2, id("c1"));
        assertThat(undecided.ask(0, id("new"), nanos)).isFalse();
    }

    @Test
    void fewMayWaitForAsLongAsTheyLike() {
        ask(0, 31);
        after(Duration.ofSeconds(30));
        assertThat(undecided.ask(0, id("new"), nanos)).isTrue();
        assertThat(undecided.ask(0, id("one-too-many"), nanos)).isFalse();
    }

    @Test
    void manyThatHaveNotWaitedLongAreNoSignOfAnything() {
        ask(0, 10_000);
        after(Duration.ofSeconds(2));
        assertThat(undecided.ask(0, id("new"), nanos)).isTrue();
    }

    @Test
    void whatWasNotWrittenIsNotWaitedFor() {
        ask(0, 32);
        after(Duration.ofSeconds(3));
        undecided.withdraw(0, id("c5"));
        undecided.withdraw(7, id("c6"));
        assertThat(undecided.ask(0, id("new"), nanos)).isTrue();
    }

    @Test
    void whatIsNeverAnsweredIsForgotten() {
        ask(0, 200);
        after(Duration.ofMinutes(1));
        assertThat(undecided.ask(0, id("new"), nanos)).isTrue();
    }

    private void ask(int partition, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(undecided.ask(partition, id("c" + asked++), nanos)).isTrue();
        }
    }

    private void after(Duration time) {
        nanos += time.toNanos();
    }

    private static CommandId id(String text) {
        return new CommandId(text);
    }
}
