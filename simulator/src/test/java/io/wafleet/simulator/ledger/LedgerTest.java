package io.wafleet.simulator.ledger;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.simulator.ledger.LedgerConnection.EndedBy;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LedgerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Ledger ledger = new Ledger(2);
    private final ConnectionLedger connections = ledger.connections();

    private void connect(long number) {
        connections.opened(START, number);
        connections.loginTried(START, number, "account_a", new PhoneNumber("+40712345678"));
        connections.loggedIn(START, number);
    }

    private void leave(long number) {
        connections.ended(START, number, null, EndedBy.CLIENT);
        connections.gone(START, number);
    }

    @Test
    void keepsEveryConnectionThatStandsAndTheNewestOfThoseGone() {
        for (long n = 1; n <= 5; n++) {
            connect(n);
        }
        for (long n = 2; n <= 5; n++) {
            leave(n);
        }

        assertThat(connections.after(0, 10, _ -> true).items()).extracting(LedgerConnection::number)
                .containsExactly(1L, 4L, 5L);
        assertThat(ledger.summary().letGo()).isEqualTo(2);
        assertThat(ledger.summary().connectsTotal()).isEqualTo(5);
    }

    @Test
    void clearingKeepsWhatIsLive() {
        connect(1);
        connect(2);
        leave(2);
        ledger.clear();

        assertThat(ledger.summary().connectsTotal()).isZero();
        assertThat(ledger.summary().loggedInNow()).isEqualTo(1);
        assertThat(connections.after(0, 10, _ -> true).items()).hasSize(1);
    }

    @Test
    void countsTheMostWithinAnyOneSecond() {
        Peak peak = new Peak();
        for (int ms = 0; ms < 3_000; ms += 100) {
            peak.count(START.plusMillis(ms));
        }
        peak.count(START.plusMillis(10_000));

        assertThat(peak.max()).isEqualTo(10);
    }

    @Test
    void theSummaryIsReadBackFromItsJson() {
        connect(1);
        LedgerSummary summary = ledger.summary();

        assertThat(JsonCodec.decode(JsonCodec.encode(summary), LedgerSummary.class)).isEqualTo(summary);
    }
}
