package io.wafleet.cli.verify;

import io.wafleet.simulator.ledger.LedgerConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class LedgerTest {
    private static LedgerConnection connection(long number, @Nullable Integer inMs, @Nullable Integer endedMs) {
        return new LedgerConnection(number, "a", null, Instant.EPOCH, at(inMs), at(endedMs), null, null, null);
    }

    private static @Nullable Instant at(@Nullable Integer ms) {
        return ms == null ? null : Instant.ofEpochMilli(ms);
    }

    @Test
    void gapIsFromTheEndOfALoginToTheNextOneWhateverFailedBetween() {
        List<LedgerConnection> connections = List.of(connection(1, 0, 10), connection(2, 500, 600),
                connection(3, null, 700), connection(4, 900, null));
        assertThat(Ledger.longestGap(connections, 2)).isEqualTo(Duration.ofMillis(300));
        assertThat(Ledger.longestGap(connections, 0)).isEqualTo(Duration.ofMillis(490));
        assertThat(Ledger.longestGap(connections, 4)).isEqualTo(Duration.ZERO);
    }

    @Test
    void aConnectionThatNeverLoggedInIsNotLive() {
        assertThat(Ledger.isLive(connection(1, null, null))).isFalse();
        assertThat(Ledger.isLive(connection(1, 1, 2))).isFalse();
        assertThat(Ledger.isLive(connection(1, 1, null))).isTrue();
    }
}
