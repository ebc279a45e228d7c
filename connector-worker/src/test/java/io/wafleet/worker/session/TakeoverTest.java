package io.wafleet.worker.session;

import io.wafleet.contract.AccountStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a new owner makes of the accounts it finds in the journal. */
class TakeoverTest {

    @Test
    void connectedAccountWaitsForItsTurnToLogInAgain() {
        Scene scene = Scene.restored(Scene.open().account(), true);

        assertThat(scene.status()).isEqualTo(AccountStatus.RECONNECTING);
        assertThat(scene.account().reason()).isEqualTo("taken_over");
        assertThat(scene.has(SessionEffect.AwaitTurn.class)).isTrue();
        assertThat(scene.permit().effect(SessionEffect.OpenConnection.class).withCredentials()).isTrue();
    }

    @Test
    void accountThatWasReconnectingGoesOnToo() {
        assertThat(Scene.restored(Scene.waiting().account(), true).has(SessionEffect.AwaitTurn.class)).isTrue();
    }

    @Test
    void pairingInsideItsOpenWindowGoesOnWithANewQr() {
        Scene before = Scene.showingQr();
        Scene scene = Scene.restored(before.account(), false);

        assertThat(scene.status()).isEqualTo(AccountStatus.CONNECTING);
        scene.permit().after(Duration.ofSeconds(5)).qr("qr-5");
        assertThat(scene.status()).isEqualTo(AccountStatus.QR_READY);
        assertThat(scene.effect(SessionEffect.AnnounceQr.class).windowEndsAt())
                .isEqualTo(before.account().pairingEndsAt());
    }

    @Test
    void pairingByCodeGoesOnByCode() {
        Scene scene = Scene.restored(Scene.showingCode().account(), false).permit().qr("qr-5");

        assertThat(scene.has(SessionEffect.RequestPairingCode.class)).isTrue();
    }

    @Test
    void pairingThatHadNoQrYetGoesOn() {
        assertThat(Scene.restored(Scene.linked().account(), false).has(SessionEffect.AwaitTurn.class)).isTrue();
    }

    @Test
    void pairingWhoseWindowEndedMeanwhileNeedsQr() {
        Scene before = Scene.showingQr();
        Session session = SessionMachine.restored(before.account(), false, 0);

        Step step = before.machine.apply(session,
                new SessionEvent.Restored(before.now.plus(Duration.ofMinutes(10)), SessionEvent.Unreadable.NOTHING));

        assertThat(step.next().account()).isNotNull();
        assertThat(step.next().account().status()).isEqualTo(AccountStatus.NEEDS_QR);
        assertThat(step.next().account().reason()).isEqualTo("qr_window_over");
    }

    @Test
    void windowOfARestoredPairingStillEnds() {
        Scene scene = Scene.restored(Scene.showingQr().account(), false);

        assertThat(scene.fires(SessionTimer.QR_WINDOW).status()).isEqualTo(AccountStatus.NEEDS_QR);
    }

    @Test
    void scannedAccountLogsInWithItsNewCredentials() {
        Scene scene = Scene.restored(Scene.scanned().account(), true);

        assertThat(scene.permit().effect(SessionEffect.OpenConnection.class).withCredentials()).isTrue();
    }

    @Test
    void connectedAccountWhoseCredentialsAreLostNeedsQr() {
        Scene scene = Scene.restored(Scene.open().account(), false);

        assertThat(scene.status()).isEqualTo(AccountStatus.NEEDS_QR);
        assertThat(scene.account().reason()).isEqualTo("credentials_missing");
    }

    @Test
    void conflictStaysAConflict() {
        Scene conflict = Scene.open().closes(440).fires(SessionTimer.RECONNECT).opens().closes(440);
        Scene scene = Scene.restored(conflict.account(), true);

        assertThat(scene.effects).isEmpty();
        assertThat(scene.account()).isEqualTo(conflict.account());
    }

    @Test
    void credentialsThatCannotBeReadAreKeptAndTriedAgainByTheNextOwner() {
        Scene open = Scene.open();
        Step step = open.machine.apply(SessionMachine.restored(open.account(), false, 0),
                new SessionEvent.Restored(Scene.START, SessionEvent.Unreadable.CREDENTIALS));

        assertThat(step.next().account().status()).isEqualTo(AccountStatus.DISCONNECTED);
        assertThat(step.next().account().reason()).isEqualTo("credentials_unreadable");
        assertThat(step.effects()).noneMatch(SessionEffect.ClearCredentials.class::isInstance);

        Scene next = Scene.restored(step.next().account(), true);
        assertThat(next.status()).isEqualTo(AccountStatus.RECONNECTING);
        assertThat(next.has(SessionEffect.AwaitTurn.class)).isTrue();
    }

    @Test
    void anAccountWhoseRecordCannotBeReadWaitsForAPerson() {
        Scene open = Scene.open();
        Step step = open.machine.apply(SessionMachine.restored(open.account(), true, 0),
                new SessionEvent.Restored(Scene.START, SessionEvent.Unreadable.RECORD));

        assertThat(step.next().account().status()).isEqualTo(AccountStatus.DISCONNECTED);
        assertThat(step.next().account().reason()).isEqualTo("journal_unreadable");
        assertThat(Scene.restored(step.next().account(), true).status()).isEqualTo(AccountStatus.DISCONNECTED);
    }

    @Test
    void nothingIsRestoredForAnAccountThatDoesNotExist() {
        Scene scene = Scene.ofUnknown()
                .happens(new SessionEvent.Restored(Scene.START, SessionEvent.Unreadable.NOTHING));

        assertThat(scene.effects).isEmpty();
    }
}
