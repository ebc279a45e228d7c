package io.wafleet.gateway.view;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.WorkerId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

final class AccountStandingTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Epoch EPOCH = new Epoch(7);
    private static final WorkerId WORKER = new WorkerId("w");

    static AccountStatusRecord record(String id, AccountStatus status, Instant createdAt) {
        return new AccountStatusRecord(new AccountId(id), new PhoneNumber("+40712345678"), null, DesiredState.CONNECTED,
                status, "told", null, false, WORKER, EPOCH, T0, T0, null, createdAt, null,
                new AccountStatusRecord.Qr("qr", T0, T0, T0), null);
    }

    private static AccountStanding standing(AccountStatus status, Ownership ownership) {
        return AccountStanding.of(record("a", status, T0), ownership, T0.plusSeconds(60), 60_000_000_000L);
    }

    @ParameterizedTest
    @EnumSource
    void isAsToldWhileItsOwnerLives(AccountStatus status) {
        AccountStanding standing = standing(status, new Ownership.Live(WORKER, EPOCH, 0));
        assertThat(standing.status()).isEqualTo(status);
        assertThat(standing.reason()).isEqualTo("told");
        assertThat(standing.owner()).isEqualTo(WORKER);
        assertThat(standing.qr() != null).isEqualTo(status == AccountStatus.QR_READY);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTED", "CONNECTING", "QR_READY", "PAIRING_CODE_READY", "RECONNECTING"})
    void isReconnectingOnceItsOwnerIsLost(AccountStatus status) {
        AccountStanding standing = standing(status, new Ownership.None(50_000_000_000L));
        assertThat(standing.status()).isEqualTo(AccountStatus.RECONNECTING);
        assertThat(standing.reason()).isEqualTo("owner_lost");
        assertThat(standing.since()).isEqualTo(T0.plusSeconds(50));
        assertThat(standing.owner()).isNull();
        assertThat(standing.qr()).isNull();
        assertThat(standing.waitsForOwner()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISCONNECTED", "NEEDS_QR", "CONFLICT", "DELETED"})
    void keepsWhatNeedsNoConnectionWithoutOwner(AccountStatus status) {
        AccountStanding standing = standing(status, new Ownership.None(0));
        assertThat(standing.status()).isEqualTo(status);
        assertThat(standing.reason()).isEqualTo("told");
        assertThat(standing.waitsForOwner()).isFalse();
    }

    @Test
    void isNotConnectedUntilTheNewOwnerHasTold() {
        AccountStanding standing = standing(AccountStatus.CONNECTED,
                new Ownership.Live(new WorkerId("new"), new Epoch(8), 40_000_000_000L));
        assertThat(standing.status()).isEqualTo(AccountStatus.RECONNECTING);
        assertThat(standing.since()).isEqualTo(T0.plusSeconds(40));
        assertThat(standing.owner()).isNull();
        assertThat(standing.waitsForOwner()).as("somebody is there").isFalse();
    }

    @Test
    void listsOldestFirstWithoutDeletedOnesAndWithThoseJustAnnounced() {
        AccountView view = new AccountView();
        view.apply(record("young", AccountStatus.CONNECTED, T0.plusSeconds(2)));
        view.apply(record("old", AccountStatus.CONNECTED, T0));
        view.apply(record("gone", AccountStatus.DELETED, T0));
        view.announce(record("new", AccountStatus.CONNECTING, T0.plusSeconds(3)));
        view.announce(record("old", AccountStatus.CONNECTING, T0.plusSeconds(9)));
        assertThat(view.listed()).extracting(r -> r.account().value()).containsExactly("old", "young", "new");
        assertThat(view.find(new AccountId("old"))).map(AccountStatusRecord::status)
                .contains(AccountStatus.CONNECTED);
    }

    @Test
    void findsTheFirstKnownCandidateAndDeletedOnesLast() {
        AccountView view = new AccountView();
        view.apply(record("stable", AccountStatus.DELETED, T0));
        view.apply(record("legacy", AccountStatus.NEEDS_QR, T0));
        List<AccountId> candidates = List.of(new AccountId("stable"), new AccountId("legacy"));
        assertThat(view.firstKnown(candidates)).map(r -> r.account().value()).contains("legacy");
        view.forget(new AccountId("legacy"));
        assertThat(view.firstKnown(candidates)).map(r -> r.account().value()).contains("stable");
        view.forget(new AccountId("stable"));
        assertThat(view.firstKnown(candidates)).isEmpty();
    }
}
