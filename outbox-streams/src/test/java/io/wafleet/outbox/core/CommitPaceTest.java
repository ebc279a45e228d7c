package io.wafleet.outbox.core;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CommitPaceTest {
    private static final long MS = 1_000_000;
    private final CommitPace pace = new CommitPace(Duration.ofMillis(30), Duration.ofMillis(500), 0);

    @Test
    void theFirstStepIsCommittedAtOnce() {
        pace.step();
        assertThat(pace.leftNanos(0)).isLessThanOrEqualTo(0);
    }

    @Test
    void whatComesAfterAPauseIsCommittedAtOnce() {
        commit(0, 10);
        pace.step();
        assertThat(pace.leftNanos(31 * MS)).isNegative();
    }

    @Test
    void aQuietTransactionCollectsForTheSettingSinceTheLastOnesEndWasAskedFor() {
        commit(100, 110);
        pace.step();
        assertThat(pace.leftNanos(110 * MS)).isEqualTo(20 * MS);
    }

    @Test
    void aBusyOneCollectsFourTimesAsLong() {
        commit(0, 10);
        steps(CommitPace.FEW_STEPS + 1);
        assertThat(pace.leftNanos(30 * MS)).isEqualTo(90 * MS);
        assertThat(pace.leftNanos(120 * MS)).isZero();
        assertThat(CommitPace.busy(Duration.ofMillis(30))).isEqualTo(Duration.ofMillis(120));
    }

    @Test
    void theNextOneIsQuietAgain() {
        steps(CommitPace.FEW_STEPS + 1);
        commit(120, 130);
        pace.step();
        assertThat(pace.leftNanos(150 * MS)).isZero();
    }

    @Test
    void whereEndingTakesLongAQuietOneCollectsForAsLong() {
        commit(0, 70);
        pace.step();
        assertThat(pace.leftNanos(70 * MS)).isEqualTo(70 * MS);
    }

    @Test
    void whereEndingTakesLongABusyOneCollectsForFourTimesAsLong() {
        commit(0, 70);
        steps(CommitPace.FEW_STEPS + 1);
        assertThat(pace.leftNanos(70 * MS)).isEqualTo(280 * MS);
    }

    @Test
    void noneCollectsForLongerThanTheMostAfterTheLastOneEnded() {
        commit(0, 700);
        steps(CommitPace.FEW_STEPS + 1);
        assertThat(pace.leftNanos(700 * MS)).isEqualTo(500 * MS);
    }

    @Test
    void anEndThatNobodyAskedForTellsNothing() {
        commit(0, 10);
        pace.ended(5_000 * MS);
        pace.step();
        assertThat(pace.leftNanos(5_000 * MS)).isNegative();
    }

    private void commit(long askedMs, long endedMs) {
        pace.asked(askedMs * MS);
        pace.ended(endedMs * MS);
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            pace.step();
        }
    }
}
