package io.wafleet.gateway.view;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.WorkerId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

final class AwaitedTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Ownership LIVE = new Ownership.Live(new WorkerId("w"), new Epoch(7), 0);
    private static final Ownership NONE = new Ownership.None(0);

    private static Optional<Awaited> awaited(AccountStatus status, Ownership ownership) {
        return AccountStanding.of(AccountStandingTest.record("a", status, T0), ownership, T0, 0).awaited();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISCONNECTED", "NEEDS_QR", "CONFLICT"})
    void whatRestsWaitsForAPersonWithOrWithoutOwner(AccountStatus status) {
        assertThat(awaited(status, LIVE)).contains(new Awaited(Awaited.What.PERSON, null));
        assertThat(awaited(status, NONE)).contains(new Awaited(Awaited.What.PERSON, null));
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTED", "CONNECTING", "QR_READY", "PAIRING_CODE_READY", "RECONNECTING"})
    void whatNeedsAConnectionWaitsForAnOwnerFirst(AccountStatus status) {
        assertThat(awaited(status, NONE)).contains(new Awaited(Awaited.What.OWNER, null));
    }

    @Test
    void pairingWaitsForItsScanUntilTheWindowEnds() {
        assertThat(awaited(AccountStatus.QR_READY, LIVE)).contains(new Awaited(Awaited.What.PAIRING, T0));
    }

    @Test
    void whatIsConnectedOrDeletedWaitsForNothing() {
        assertThat(awaited(AccountStatus.CONNECTED, LIVE)).isEmpty();
        assertThat(awaited(AccountStatus.DELETED, LIVE)).isEmpty();
        assertThat(awaited(AccountStatus.CONNECTING, LIVE)).contains(new Awaited(Awaited.What.CONNECTION, null));
    }
}
