package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.simulator.ledger.DoubleConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoginsTest {
    private final Stage stage = new Stage();
    private final ServerFrame.Paired paired = stage.pair(Stage.ACCOUNT, Stage.OURS);

    private int closeCode(ConnectionId connection) {
        return stage.hear(connection, ServerFrame.Close.class).code();
    }

    @Test
    void theNewestPairingIsLetIn() {
        assertThat(stage.hear(stage.tryLogin(Stage.ACCOUNT, paired), ServerFrame.Open.class).phone())
                .isEqualTo(Stage.OURS);
        assertThat(stage.ledger.summary().loggedInNow()).isEqualTo(1);
    }

    @Test
    void anOlderGenerationIsLoggedOut() {
        stage.pair(Stage.ACCOUNT, Stage.OURS);

        assertThat(closeCode(stage.tryLogin(Stage.ACCOUNT, paired))).isEqualTo(401);
        assertThat(stage.ledger.summary().loginsRefused()).isEqualTo(1);
    }

    @Test
    void aWrongTokenIsLoggedOut() {
        ServerFrame.Paired forged = new ServerFrame.Paired(Stage.OURS, paired.generation(), "guessed", 1);

        assertThat(closeCode(stage.tryLogin(Stage.ACCOUNT, forged))).isEqualTo(401);
    }

    @Test
    void aPhoneNeverLinkedIsLoggedOut() {
        ServerFrame.Paired stranger = new ServerFrame.Paired(Stage.THEIRS, 1, paired.token(), 1);

        assertThat(closeCode(stage.tryLogin(Stage.ACCOUNT, stranger))).isEqualTo(401);
    }

    @Test
    void aSecondLoginReplacesTheFirst() {
        ConnectionId first = stage.login(Stage.ACCOUNT, paired);
        ConnectionId second = stage.login(Stage.ACCOUNT, paired);

        assertThat(closeCode(first)).isEqualTo(440);
        assertThat(stage.isQuiet(second)).isTrue();
        assertThat(stage.ledger.doubles().all()).containsExactly(
                new DoubleConnection(stage.now(), Stage.OURS, first.number(), second.number(), 0, null));
    }

    @Test
    void aReplacedConnectionThatStillActsIsWrittenDownAndNotAnswered() {
        ConnectionId first = stage.login(Stage.ACCOUNT, paired);
        stage.login(Stage.ACCOUNT, paired);
        closeCode(first);

        stage.say(first, Stage.text("3EB0A", Stage.THEIRS, 1, "late"));
        stage.say(first, Stage.text("3EB0B", Stage.THEIRS, 2, "later"));

        assertThat(stage.isQuiet(first)).isTrue();
        assertThat(stage.ledger.summary().olderActed()).isEqualTo(1);
        assertThat(stage.ledger.doubles().all()).extracting(DoubleConnection::olderActs).containsExactly(2);
        assertThat(stage.ledger.summary().messages()).isZero();
    }

    @Test
    void aConnectionThatWasGoneIsNoDoubleConnection() {
        stage.gone(stage.login(Stage.ACCOUNT, paired));
        stage.login(Stage.ACCOUNT, paired);

        assertThat(stage.ledger.summary().doubleConnections()).isZero();
    }

    @Test
    void logoutEndsThePairing() {
        ConnectionId live = stage.login(Stage.ACCOUNT, paired);
        stage.say(live, new ClientFrame.Logout());

        assertThat(closeCode(live)).isEqualTo(401);
        assertThat(closeCode(stage.tryLogin(Stage.ACCOUNT, paired))).isEqualTo(401);
        assertThat(stage.whatsApp.people().phone(Stage.OURS).account()).isNull();
    }

    @Test
    void removingTheDeviceOnThePhoneLogsOutNowAndLater() {
        ConnectionId live = stage.login(Stage.ACCOUNT, paired);
        Stage.done(stage.whatsApp.people().removeDevice(stage.now(), Stage.OURS));

        assertThat(closeCode(live)).isEqualTo(401);
        assertThat(closeCode(stage.tryLogin(Stage.ACCOUNT, paired))).isEqualTo(401);
        assertThat(Stage.refused(stage.whatsApp.people().removeDevice(stage.now(), Stage.OURS)))
                .isEqualTo(Answer.Reason.UNKNOWN);
    }

    @Test
    void generationsGrowAlsoAfterALogout() {
        Stage.done(stage.whatsApp.people().removeDevice(stage.now(), Stage.OURS));

        assertThat(stage.pair(Stage.ACCOUNT, Stage.OURS).generation()).isEqualTo(2);
    }

    @Test
    void pingsAreAnsweredInEveryPhase() {
        ConnectionId fresh = stage.open();
        stage.say(fresh, new ClientFrame.Ping(1));
        assertThat(stage.hear(fresh, ServerFrame.Pong.class).sequence()).isEqualTo(1);
        ConnectionId live = stage.login(Stage.ACCOUNT, paired);
        stage.say(live, new ClientFrame.Ping(2));
        assertThat(stage.hear(live, ServerFrame.Pong.class).sequence()).isEqualTo(2);
    }

    @Test
    void framesOutOfPlaceCloseTheConnection() {
        ConnectionId fresh = stage.open();
        stage.say(fresh, Stage.text("3EB0A", Stage.THEIRS, 1, "hello"));
        assertThat(closeCode(fresh)).isEqualTo(400);

        ConnectionId live = stage.login(Stage.ACCOUNT, paired);
        stage.say(live, new ClientFrame.Pair(Stage.ACCOUNT));
        assertThat(closeCode(live)).isEqualTo(400);
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() {
        ConnectionId silent = stage.open();
        stage.pass(Duration.ofSeconds(30));

        assertThat(closeCode(silent)).isEqualTo(408);
    }
}
