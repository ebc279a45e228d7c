package io.wafleet.gateway.view;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class RecencyTest {
    private static final long TRUST = Duration.ofSeconds(2).toNanos();
    /** A monotonic clock may begin anywhere, and overflow. */
    private static final long START = Long.MAX_VALUE - TRUST / 2;

    private final Recency recency = new Recency(Duration.ofSeconds(2));

    @Test
    void nothingIsNewsBeforeEverythingWasRead() {
        assertThat(recency.isNews(START)).isFalse();
        assertThat(recency.needsProof(START)).isTrue();
    }

    @Test
    void whatIsReadSoonAfterAProofIsNews() {
        recency.proven(START);
        assertThat(recency.isNews(START + TRUST)).isTrue();
        assertThat(recency.isNews(START + TRUST + 1)).as("it may have been written all that time ago").isFalse();
    }

    @Test
    void asksForTheNextProofLongBeforeTheLastIsWorthless() {
        recency.proven(START);
        assertThat(recency.needsProof(START + TRUST / 4 - 1)).isFalse();
        assertThat(recency.needsProof(START + TRUST / 4)).isTrue();
    }

    @Test
    void aReaderThatBeginsAnewHasProvenNothing() {
        recency.proven(START);
        recency.begin();
        assertThat(recency.isNews(START + 1)).isFalse();
        assertThat(recency.needsProof(START + 1)).isTrue();
    }
}
