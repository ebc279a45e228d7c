package io.wafleet.outbox.core;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CommitPaceTest {
    private static final long MS = 1_000_000;
    private final CommitPace pace = new CommitPace(Duration.ofMillis(30), 0);

    @Test
    void whatComesAfterAPauseIsCommittedAtOnce() {
        pace.step();
        assertThat(pace.leftNanos(0)).isZero();
        pace.ended(0);
        pace.step();
        assertThat(pace.leftNanos(31 * MS)).isNegative();
    }

    @Test
    void aQuietTransactionCollectsForTheSettingSinceTheLastOne() {
        pace.ended(100 * MS);
        pace.step();
        assertThat(pace.leftNanos(110 * MS)).isEqualTo(20 * MS);
    }

    @Test
    void aBusyOneCollectsFourTimesAsLongAndNoLonger() {
        pace.ended(0);
        for (int i = 0; i < 10 * CommitPace.FEW_STEPS; i++) {
            pace.step();
        }
        assertThat(pace.leftNanos(30 * MS)).isEqualTo(90 * MS);
        assertThat(pace.leftNanos(120 * MS)).isZero();
        assertThat(CommitPace.longest(Duration.ofMillis(30))).isEqualTo(Duration.ofMillis(120));
    }

    @Test
    void theNextOneIsQuietAgain() {
        for (int i = 0; i <= CommitPace.FEW_STEPS; i++) {
            pace.step();
        }
        pace.ended(120 * MS);
        pace.step();
        assertThat(pace.leftNanos(150 * MS)).isZero();
    }
}
