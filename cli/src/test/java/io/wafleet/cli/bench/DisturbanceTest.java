package io.wafleet.cli.bench;

import io.wafleet.contract.AccountId;
import io.wafleet.simulator.ledger.LedgerConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class DisturbanceTest {
    private static final Instant EVENT = Instant.parse("2026-01-01T00:00:00Z");
    private static final AccountId ONE = new AccountId("account_prod_" + "1".repeat(32));
    private static final AccountId TWO = new AccountId("account_prod_" + "2".repeat(32));

    private long number;

    private LedgerConnection connection(AccountId account, @Nullable Integer loggedInMs, @Nullable Integer endedMs) {
        return new LedgerConnection(++number, account.value(), null, EVENT.minusSeconds(60),
                loggedInMs == null ? null : EVENT.plusMillis(loggedInMs),
                endedMs == null ? null : EVENT.plusMillis(endedMs), null, null, null);
    }

    private static Disturbance of(List<LedgerConnection> connections, boolean diesAtOnce) {
        return Disturbance.of(connections, EVENT, Set.of(ONE), diesAtOnce);
    }

    @Test
    void aGapBeginsWhenTheConnectionEnds() {
        Disturbance seen = of(List.of(connection(ONE, -5_000, 300), connection(ONE, 450, null)), false);
        assertThat(seen.gapMs()).isEqualTo(Map.of(ONE, 150L));
        assertThat(seen.backMs()).isEqualTo(Map.of(ONE, 450L));
        assertThat(seen.disturbed()).containsExactly(ONE);
    }

    @Test
    void aGapBeginsWithTheEventWhenTheOwnerDies() {
        Disturbance seen = of(List.of(connection(ONE, -5_000, 3), connection(ONE, 1_200, null)), true);
        assertThat(seen.gapMs()).isEqualTo(Map.of(ONE, 1_200L));
    }

    @Test
    void aFrozenOwnersConnectionIsDeadAlthoughItStands() {
        Disturbance seen = of(List.of(connection(ONE, -5_000, 1_200), connection(ONE, 1_200, null)), true);
        assertThat(seen.gapMs()).isEqualTo(Map.of(ONE, 1_200L));
    }

    @Test
    void theLongestGapCountsAndTheFirstReturn() {
        Disturbance seen = of(List.of(connection(ONE, -5_000, 0), connection(ONE, 100, 200),
                connection(ONE, 900, null)), true);
        assertThat(seen.gapMs()).isEqualTo(Map.of(ONE, 700L));
        assertThat(seen.backMs()).isEqualTo(Map.of(ONE, 100L));
    }

    @Test
    void othersAreDisturbedOnlyWhenTheirConnectionEnds() {
        assertThat(of(List.of(connection(TWO, -5_000, null)), true).disturbed()).isEmpty();
        Disturbance seen = of(List.of(connection(TWO, -5_000, 100), connection(TWO, 130, null)), true);
        assertThat(seen.disturbed()).containsExactly(TWO);
        assertThat(seen.backMs()).isEmpty();
        assertThat(seen.gapMs()).isEqualTo(Map.of(TWO, 30L));
    }

    @Test
    void whatEndedBeforeTheEventAndRefusedLoginsCountForNothing() {
        Disturbance seen = of(List.of(connection(ONE, -5_000, -4_000), connection(ONE, null, 50),
                connection(ONE, -3_000, null)), false);
        assertThat(seen.disturbed()).isEmpty();
        assertThat(seen.gapMs()).isEmpty();
    }
}
