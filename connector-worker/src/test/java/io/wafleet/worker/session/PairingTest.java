package io.wafleet.worker.session;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Reply.CommandResult;
import io.wafleet.worker.connector.ConnectionListener.Opened;
import io.wafleet.worker.connector.ConnectionListener.PairingCodeShown;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Promise P7: pairing has time. */
class PairingTest {

    @Test
    void linkingAnUnknownAccountCreatesItAndAsksForATurnToPair() {
        Scene scene = Scene.ofUnknown().link(Scene.PHONE, "Front desk");

        assertThat(scene.status()).isEqualTo(AccountStatus.CONNECTING);
        assertThat(scene.account().desired()).isEqualTo(DesiredState.CONNECTED);
        assertThat(scene.account().name()).isEqualTo("Front desk");
        assertThat(scene.account().requiresQr()).isTrue();
        assertThat(scene.has(SessionEffect.AwaitTurn.class)).isTrue();
        assertThat(scene.effect(SessionEffect.Answer.class).result()).isEqualTo(CommandResult.APPLIED);
    }

    @Test
    void opensWithoutCredentialsWhenItsTurnComes() {
        Scene scene = Scene.linked().permit();

        assertThat(scene.effect(SessionEffect.OpenConnection.class))
                .isEqualTo(new SessionEffect.OpenConnection(new ConnectionNumber(1), false));
        assertThat(scene.due(SessionTimer.CONNECT)).isEqualTo(scene.now.plusSeconds(60));
    }

    @Test
    void connectTimerEndsWhenAQrShows() {
        Scene scene = Scene.linked().permit().after(Duration.ofSeconds(59)).qr("qr-1");

        assertThat(scene.status()).isEqualTo(AccountStatus.QR_READY);
        assertThat(scene.effects).contains(new SessionEffect.CancelTimer(SessionTimer.CONNECT));
        assertThat(scene.effect(SessionEffect.AnnounceQr.class)).isEqualTo(
                new SessionEffect.AnnounceQr("qr-1", scene.now.plusSeconds(60),
                        scene.now.plus(Duration.ofMinutes(10))));
    }

    @Test
    void connectTimerLeadsToBackoffAndNotToDisconnected() {
        Scene scene = Scene.linked().permit().fires(SessionTimer.CONNECT);

        assertThat(scene.status()).isEqualTo(AccountStatus.RECONNECTING);
        assertThat(scene.account().reason()).isEqualTo("connect_timeout");
        assertThat(scene.session.nextAttemptAt()).isAfter(scene.now);
        assertThat(scene.has(SessionEffect.CloseConnection.class)).isTrue();
    }

    @Test
    void eachNewQrReplacesTheLastButTheWindowStaysThatOfTheFirst() {
        Scene scene = Scene.showingQr();
        var windowEnds = scene.due(SessionTimer.QR_WINDOW);

        scene.after(Duration.ofSeconds(60)).qr("qr-2");

        assertThat(scene.effect(SessionEffect.AnnounceQr.class).text()).isEqualTo("qr-2");
        assertThat(scene.effect(SessionEffect.AnnounceQr.class).windowEndsAt()).isEqualTo(windowEnds);
        assertThat(scene.due(SessionTimer.QR_WINDOW)).isEqualTo(windowEnds);
    }

    @Test
    void connectorClosingForLackOfAScanReopensInsideTheWindow() {
        Scene scene = Scene.showingQr().after(Duration.ofMinutes(3)).closes(408);

        assertThat(scene.status()).isEqualTo(AccountStatus.CONNECTING);
        assertThat(scene.account().reason()).isEqualTo("qr_expired");
        assertThat(scene.has(SessionEffect.AwaitTurn.class)).isTrue();
        assertThat(scene.permit().effect(SessionEffect.OpenConnection.class).withCredentials()).isFalse();
        assertThat(scene.qr("qr-9").status()).isEqualTo(AccountStatus.QR_READY);
        assertThat(scene.due(SessionTimer.QR_WINDOW)).isEqualTo(Scene.START.plus(Duration.ofMinutes(10)));
    }

    @Test
    void windowOverNeedsQrAndClearsWhatThePairingHad() {
        Scene scene = Scene.showingQr().fires(SessionTimer.QR_WINDOW);

        assertThat(scene.status()).isEqualTo(AccountStatus.NEEDS_QR);
        assertThat(scene.account().reason()).isEqualTo("qr_window_over");
        assertThat(scene.account().requiresQr()).isTrue();
        assertThat(scene.account().pairingEndsAt()).isNull();
        assertThat(scene.has(SessionEffect.ClearCredentials.class)).isTrue();
        assertThat(scene.has(SessionEffect.CloseConnection.class)).isTrue();
        assertThat(Deadlines.of(scene.session)).isEmpty();
    }

    @Test
    void windowAlsoEndsWhileThePairingWaitsToReopen() {
        Scene scene = Scene.showingQr().closes(503);
        assertThat(scene.session.link()).isInstanceOf(Link.Waiting.class);

        assertThat(scene.fires(SessionTimer.QR_WINDOW).status()).isEqualTo(AccountStatus.NEEDS_QR);
        assertThat(scene.effects).contains(new SessionEffect.CancelTimer(SessionTimer.RECONNECT));
    }

    @Test
    void scanStoresTheCredentialsAndNoLongerRequiresAQr() {
        Scene scene = Scene.scanned();

        assertThat(scene.effect(SessionEffect.ReplaceCredentials.class).credentials()).isEqualTo(Scene.CREDENTIALS);
        assertThat(scene.account().requiresQr()).isFalse();
        assertThat(scene.status()).isEqualTo(AccountStatus.CONNECTING);
        assertThat(scene.effects).contains(new SessionEffect.CancelTimer(SessionTimer.QR_WINDOW));
    }

    @Test
    void restartRequiredAfterTheScanLeadsOnToConnectedBeforeAllThatOnlyLogInAgain() {
        Scene scene = Scene.scanned().closes(515);

        assertThat(scene.effect(SessionEffect.AwaitTurn.class).urgent()).isTrue();
        assertThat(scene.status()).isEqualTo(AccountStatus.CONNECTING);
        scene.permit();
        assertThat(scene.effect(SessionEffect.OpenConnection.class))
                .isEqualTo(new SessionEffect.OpenConnection(new ConnectionNumber(2), true));
        scene.hears(new Opened());
        assertThat(scene.status()).isEqualTo(AccountStatus.CONNECTED);
        assertThat(scene.account().requiresQr()).isFalse();
        assertThat(scene.account().reason()).isNull();
    }

    @Test
    void pairingSurvivesAFailureBetweenScanAndLogin() {
        Scene scene = Scene.scanned().closes(515).permit().closes(null, "connection reset");

        assertThat(scene.status()).isEqualTo(AccountStatus.RECONNECTING);
        assertThat(scene.session.paired()).isTrue();
        scene.fires(SessionTimer.RECONNECT).permit();
        assertThat(scene.effect(SessionEffect.OpenConnection.class).withCredentials()).isTrue();
    }

    @Test
    void scanWithoutAnyCloseAfterItIsReopenedByTheConnectTimer() {
        Scene scene = Scene.scanned().fires(SessionTimer.CONNECT);

        assertThat(scene.has(SessionEffect.CloseConnection.class)).isTrue();
        assertThat(scene.status()).isEqualTo(AccountStatus.RECONNECTING);
        assertThat(scene.session.paired()).isTrue();
    }

    @Test
    void scanByAnotherPhoneIsRefusedAndDoesNotTakeTheAccountOver() {
        Scene scene = Scene.showingQr().scan(Scene.OTHER_PHONE);

        assertThat(scene.status()).isEqualTo(AccountStatus.NEEDS_QR);
        assertThat(scene.account().reason()).isEqualTo("phone_mismatch");
        assertThat(scene.account().phone()).isEqualTo(Scene.PHONE);
        assertThat(scene.session.paired()).isFalse();
        assertThat(scene.has(SessionEffect.ReplaceCredentials.class)).isFalse();
        assertThat(scene.effect(SessionEffect.CloseConnection.class).logOut()).isTrue();
    }

    @Test
    void pairingCodeIsAskedOfTheOpenPairingAndThenShown() {
        Scene scene = Scene.showingQr().pairingCode();
        assertThat(scene.effect(SessionEffect.RequestPairingCode.class).connection())
                .isEqualTo(scene.session.connection());

        scene.hears(new PairingCodeShown("ABCD1234"));

        assertThat(scene.status()).isEqualTo(AccountStatus.PAIRING_CODE_READY);
        assertThat(scene.effect(SessionEffect.AnnouncePairingCode.class).code()).isEqualTo("ABCD1234");
        assertThat(scene.scan(Scene.PHONE).session.paired()).isTrue();
    }

    @Test
    void pairingCodeForARestingAccountStartsAPairingAndAsksWhenTheFirstQrShows() {
        Scene scene = Scene.open().closes(401).pairingCode();
        assertThat(scene.effect(SessionEffect.Answer.class).result()).isEqualTo(CommandResult.APPLIED);

        assertThat(scene.permit().qr("qr-1").has(SessionEffect.RequestPairingCode.class)).isTrue();
    }

    @Test
    void pairingCodeOrderedBeforeTheConnectionIsThereIsRemembered() {
        Scene waitsForTurn = Scene.linked().pairingCode();
        assertThat(waitsForTurn.permit().qr("qr-1").has(SessionEffect.RequestPairingCode.class)).isTrue();

        Scene connecting = Scene.linked().permit().pairingCode();
        assertThat(connecting.qr("qr-1").has(SessionEffect.RequestPairingCode.class)).isTrue();
    }

    @Test
    void pairingByCodeReopensWithACodeInsideTheWindow() {
        Scene scene = Scene.showingCode().closes(408).permit().qr("qr-2");

        assertThat(scene.has(SessionEffect.RequestPairingCode.class)).isTrue();
    }

    @Test
    void pairingCodeThatStandsIsAnnouncedAgain() {
        Scene scene = Scene.showingCode().pairingCode();

        assertThat(scene.effect(SessionEffect.AnnouncePairingCode.class).code()).isEqualTo("ABCD1234");
    }

    @Test
    void pairingCodeIsRefusedWhileConnected() {
        Scene scene = Scene.open().pairingCode();

        assertThat(scene.effect(SessionEffect.Answer.class).code()).isEqualTo("already_connected");
        assertThat(scene.status()).isEqualTo(AccountStatus.CONNECTED);
    }

    @Test
    void secretsOfAPairingAreNotPrinted() {
        assertThat(Scene.showingQr().session.toString()).doesNotContain("qr-1");
        assertThat(Scene.showingQr().effects.toString()).doesNotContain("qr-1");
        assertThat(Scene.showingCode().session.toString()).doesNotContain("ABCD1234");
        assertThat(Scene.showingCode().effects.toString()).doesNotContain("ABCD1234");
    }
}
