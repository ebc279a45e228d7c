package io.wafleet.worker.session;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.Reply.CommandResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Promise P6: terminal is terminal. */
class TerminalTest {

    @ParameterizedTest
    @CsvSource({"401,logged_out", "403,forbidden", "411,device_mismatch", "500,bad_session"})
    void terminalCodeClearsTheCredentialsAndAsksForAPerson(int code, String reason) {
        Scene scene = Scene.open().closes(code);

        assertThat(scene.status()).isEqualTo(AccountStatus.NEEDS_QR);
        assertThat(scene.account().reason()).isEqualTo(reason);
        assertThat(scene.account().code()).isEqualTo(code);
        assertThat(scene.account().requiresQr()).isTrue();
        assertThat(scene.has(SessionEffect.ClearCredentials.class)).isTrue();
        assertThat(scene.session.paired()).isFalse();
        assertThat(Deadlines.of(scene.session)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"401", "403", "411", "500"})
    void terminalCodeCountsAlsoWhileLoggingIn(int code) {
        Scene scene = Scene.waiting().fires(SessionTimer.RECONNECT).permit().closes(code);

        assertThat(scene.status()).isEqualTo(AccountStatus.NEEDS_QR);
    }

    @Test
    void neitherTurnNorTimerNorTakeoverNorReconnectOpensATerminalAccount() {
        Scene scene = Scene.open().closes(401);

        assertThat(scene.permit().effects).isEmpty();
        for (SessionTimer timer : SessionTimer.values()) {
            scene.happens(new SessionEvent.TimerFired(scene.now, timer, scene.now, 0));
            assertThat(scene.effects).isEmpty();
        }
        scene.reconnect();
        assertThat(scene.effects).singleElement().isInstanceOfSatisfying(SessionEffect.Answer.class, answer -> {
            assertThat(answer.result()).isEqualTo(CommandResult.REFUSED);
            assertThat(answer.code()).isEqualTo("needs_qr");
        });
        Scene restored = Scene.restored(scene.account(), false);
        assertThat(restored.effects).isEmpty();
        assertThat(restored.account()).isEqualTo(scene.account());
    }

    @Test
    void reasonOfATerminalCloseIsKeptThroughDisconnectAndRename() {
        Scene scene = Scene.open().closes(403).disconnect().rename("Shop");

        assertThat(scene.status()).isEqualTo(AccountStatus.NEEDS_QR);
        assertThat(scene.account().reason()).isEqualTo("forbidden");
        assertThat(scene.account().name()).isEqualTo("Shop");
    }

    @Test
    void credentialsLeftBehindByATerminalAccountAreClearedAtTakeover() {
        Scene terminal = Scene.open().closes(401);
        Scene scene = Scene.restored(terminal.account(), true);

        assertThat(scene.has(SessionEffect.ClearCredentials.class)).isTrue();
        assertThat(scene.status()).isEqualTo(AccountStatus.NEEDS_QR);
        assertThat(scene.account().reason()).isEqualTo("logged_out");
    }

    @Test
    void addingTheAccountAgainLeadsToANewQrAndToARequiresQrThatIsFalse() {
        Scene scene = Scene.open().closes(401).link();
        assertThat(scene.has(SessionEffect.AwaitTurn.class)).isTrue();

        scene.permit().qr("qr-2");
        assertThat(scene.status()).isEqualTo(AccountStatus.QR_READY);
        scene.scan(Scene.PHONE).closes(515).opens();
        assertThat(scene.status()).isEqualTo(AccountStatus.CONNECTED);
        assertThat(scene.account().requiresQr()).isFalse();
    }

    @Test
    void sendsOutAtATerminalCloseAreUnknown() {
        assertThat(Scene.open().dispatch("m1", 1).dispatch("m2", 1).closes(401).outcomes())
                .containsExactly(Outcome.UNKNOWN, Outcome.UNKNOWN);
    }
}
