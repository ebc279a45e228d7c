package io.wafleet.worker.session;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.Reply.CommandResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Regenerating a QR: idempotent while one stands, refused while connected, otherwise a fresh pairing. */
class RegenerateQrTest {

    @Test
    void regenerateInsideTheWindowReturnsTheQrThatStands() {
        Scene scene = Scene.showingQr().after(Duration.ofSeconds(10));
        Session before = scene.session;

        scene.regenerate(false);

        assertThat(scene.effect(SessionEffect.AnnounceQr.class).text()).isEqualTo("qr-1");
        assertThat(scene.effect(SessionEffect.Answer.class).result()).isEqualTo(CommandResult.APPLIED);
        assertThat(scene.session.link()).isEqualTo(before.link());
        assertThat(scene.has(SessionEffect.CloseConnection.class)).isFalse();
    }

    @Test
    void regenerateWhenTheStandingQrExpiredStartsANewPairing() {
        Scene scene = Scene.showingQr().after(Duration.ofSeconds(61)).regenerate(false);

        assertThat(scene.has(SessionEffect.AnnounceQr.class)).isFalse();
        assertThat(scene.has(SessionEffect.CloseConnection.class)).isTrue();
        assertThat(scene.has(SessionEffect.AwaitTurn.class)).isTrue();
    }

    @Test
    void regenerateIsRefusedWhileConnected() {
        Scene scene = Scene.open().regenerate(false);

        SessionEffect.Answer answer = scene.effect(SessionEffect.Answer.class);
        assertThat(answer.result()).isEqualTo(CommandResult.REFUSED);
        assertThat(answer.code()).isEqualTo("already_connected");
        assertThat(answer.status()).isEqualTo(AccountStatus.CONNECTED);
        assertThat(scene.session.link()).isInstanceOf(Link.Open.class);
    }

    @Test
    void regenerateByForceUnlinksAConnectedAccountAndPairsItAnew() {
        Scene scene = Scene.open().dispatch("m1", 1).regenerate(true);

        assertThat(scene.effect(SessionEffect.CloseConnection.class).logOut()).isTrue();
        assertThat(scene.has(SessionEffect.ClearCredentials.class)).isTrue();
        assertThat(scene.outcomes()).containsExactly(Outcome.UNKNOWN);
        assertThat(scene.status()).isEqualTo(AccountStatus.CONNECTING);
        assertThat(scene.permit().effect(SessionEffect.OpenConnection.class).withCredentials()).isFalse();
    }

    @Test
    void regenerateOfAnAccountThatReconnectsClearsItsCredentialsAndPairs() {
        Scene scene = Scene.waiting().regenerate(false);

        assertThat(scene.has(SessionEffect.ClearCredentials.class)).isTrue();
        assertThat(scene.account().requiresQr()).isTrue();
        assertThat(scene.permit().effect(SessionEffect.OpenConnection.class).withCredentials()).isFalse();
    }

    @Test
    void regenerateRightAfterTheScanDoesNotKillThePairing() {
        Scene scanned = Scene.scanned().regenerate(false);
        assertThat(scanned.has(SessionEffect.ClearCredentials.class)).isFalse();

        for (Scene firstLogin : new Scene[]{Scene.scanned().closes(515), Scene.scanned().closes(515).permit()}) {
            for (Scene asked : new Scene[]{firstLogin.regenerate(false), firstLogin.pairingCode()}) {
                assertThat(asked.has(SessionEffect.ClearCredentials.class)).isFalse();
                assertThat(asked.effect(SessionEffect.Answer.class).result()).isEqualTo(CommandResult.APPLIED);
            }
        }
    }

    @Test
    void regenerateByForceRightAfterTheScanPairsAnew() {
        assertThat(Scene.scanned().regenerate(true).effect(SessionEffect.CloseConnection.class).logOut()).isTrue();
        assertThat(Scene.scanned().closes(515).regenerate(true).has(SessionEffect.ClearCredentials.class)).isTrue();
        assertThat(Scene.scanned().closes(515).permit().regenerate(true).has(SessionEffect.ClearCredentials.class))
                .isTrue();
    }

    @Test
    void regenerateWhileThePairingIsUnderWayChangesNothing() {
        for (Scene scene : new Scene[]{Scene.linked(), Scene.linked().permit()}) {
            Link before = scene.session.link();
            scene.regenerate(false);
            assertThat(scene.session.link()).isEqualTo(before);
            assertThat(scene.effect(SessionEffect.Answer.class).result()).isEqualTo(CommandResult.APPLIED);
            assertThat(scene.has(SessionEffect.AwaitTurn.class)).isFalse();
        }
    }

    @Test
    void regenerateDoesNotWaitForTheBackoffOfAPairing() {
        Scene scene = Scene.linked().permit().closes(503).regenerate(false);

        assertThat(scene.has(SessionEffect.AwaitTurn.class)).isTrue();
        assertThat(scene.session.nextAttemptAt()).isNull();
    }

    @Test
    void regenerateInsteadOfAPairingCodeStartsANewPairingByQr() {
        Scene scene = Scene.showingCode().regenerate(false);

        assertThat(scene.has(SessionEffect.CloseConnection.class)).isTrue();
        assertThat(scene.permit().qr("qr-2").has(SessionEffect.RequestPairingCode.class)).isFalse();
    }

    @Test
    void regenerateBringsATerminalAccountBackToANewQrWithANewWindow() {
        Scene scene = Scene.showingQr().fires(SessionTimer.QR_WINDOW).after(Duration.ofHours(1)).regenerate(false)
                .permit().qr("qr-7");

        assertThat(scene.status()).isEqualTo(AccountStatus.QR_READY);
        assertThat(scene.due(SessionTimer.QR_WINDOW)).isEqualTo(scene.now.plus(Duration.ofMinutes(10)));
    }
}
