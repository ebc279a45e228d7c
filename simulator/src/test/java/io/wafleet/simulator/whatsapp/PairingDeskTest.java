package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PairingDeskTest {
    private final Stage stage = new Stage();
    private final ConnectionId connection = stage.open();

    private ServerFrame.Qr firstQr() {
        return stage.say(connection, new ClientFrame.Pair(Stage.ACCOUNT)).hear(connection, ServerFrame.Qr.class);
    }

    @Test
    void showsTheFirstQrForAMinuteAndTheOthersForTwentySeconds() {
        ServerFrame.Qr first = firstQr();
        assertThat(first.validForMs()).isEqualTo(60_000);

        stage.pass(Duration.ofSeconds(59));
        assertThat(stage.isQuiet(connection)).isTrue();
        stage.pass(Duration.ofSeconds(1));

        ServerFrame.Qr second = stage.hear(connection, ServerFrame.Qr.class);
        assertThat(second.validForMs()).isEqualTo(20_000);
        assertThat(second.text()).isNotEqualTo(first.text());
    }

    @Test
    void closesWith408WhenTheLastQrIsOver() {
        firstQr();
        for (int i = 0; i < 5; i++) {
            stage.pass(i == 0 ? Duration.ofSeconds(60) : Duration.ofSeconds(20));
            stage.hear(connection, ServerFrame.Qr.class);
        }
        stage.pass(Duration.ofSeconds(20));

        assertThat(stage.hear(connection, ServerFrame.Close.class).code()).isEqualTo(408);
        assertThat(stage.shut).contains(connection);
    }

    @Test
    void scanGivesCredentialsAndAsksForARestart() {
        ServerFrame.Qr qr = firstQr();

        Link link = Stage.done(stage.whatsApp.people().scan(stage.now(), Stage.OURS, qr.text()));

        assertThat(link).isEqualTo(new Link(Stage.OURS, Stage.ACCOUNT, 1));
        ServerFrame.Paired paired = stage.hear(connection, ServerFrame.Paired.class);
        assertThat(paired.credentialBytes()).isEqualTo(4_096);
        assertThat(stage.hear(connection, ServerFrame.Close.class).code()).isEqualTo(515);
        assertThat(stage.facts).containsExactly(new Fact.Linked(Stage.OURS, 1, paired.token(), Stage.ACCOUNT));
    }

    @Test
    void refusesAQrThatAnotherHasReplaced() {
        ServerFrame.Qr first = firstQr();
        stage.pass(Duration.ofSeconds(60));

        assertThat(Stage.refused(stage.whatsApp.people().scan(stage.now(), Stage.OURS, first.text())))
                .isEqualTo(Answer.Reason.STALE);
        assertThat(Stage.refused(stage.whatsApp.people().scan(stage.now(), Stage.OURS, "2@never,shown")))
                .isEqualTo(Answer.Reason.UNKNOWN);
    }

    @Test
    void refusesAQrWhoseConnectionIsGone() {
        ServerFrame.Qr qr = firstQr();
        stage.gone(connection);

        assertThat(Stage.refused(stage.whatsApp.people().scan(stage.now(), Stage.OURS, qr.text())))
                .isEqualTo(Answer.Reason.STALE);
        assertThat(Stage.refused(stage.whatsApp.people().scanAccount(stage.now(), Stage.OURS, Stage.ACCOUNT)))
                .isEqualTo(Answer.Reason.CONFLICT);
    }

    @Test
    void aPhoneThatIsNotOnWhatsAppCannotScan() {
        ServerFrame.Qr qr = firstQr();
        stage.whatsApp.people().register(Stage.OURS, false);

        assertThat(Stage.refused(stage.whatsApp.people().scan(stage.now(), Stage.OURS, qr.text())))
                .isEqualTo(Answer.Reason.CONFLICT);
    }

    @Test
    void aCodeTypedOnItsPhonePairsHoweverItIsWritten() {
        firstQr();
        stage.say(connection, new ClientFrame.RequestPairingCode(Stage.OURS));
        String code = stage.hear(connection, ServerFrame.PairingCode.class).code();
        assertThat(code).matches("[1-9A-Z]{4}-[1-9A-Z]{4}");

        assertThat(Stage.refused(stage.whatsApp.people().type(stage.now(), Stage.THEIRS, code)))
                .isEqualTo(Answer.Reason.UNKNOWN);
        String typed = code.replace("-", " ").toLowerCase(java.util.Locale.ROOT);
        Stage.done(stage.whatsApp.people().type(stage.now(), Stage.OURS, typed));

        assertThat(stage.hear(connection, ServerFrame.Paired.class).phone()).isEqualTo(Stage.OURS);
    }

    @Test
    void showsNoFurtherQrOnceACodeIsAskedForButKeepsTheTime() {
        firstQr();
        stage.say(connection, new ClientFrame.RequestPairingCode(Stage.OURS));
        stage.hear(connection, ServerFrame.PairingCode.class);

        stage.pass(Duration.ofSeconds(159));
        assertThat(stage.isQuiet(connection)).isTrue();
        stage.pass(Duration.ofSeconds(1));
        assertThat(stage.hear(connection, ServerFrame.Close.class).code()).isEqualTo(408);
    }

    @Test
    void linkingAnewLogsTheLiveConnectionOut() {
        ConnectionId live = stage.connected();
        ServerFrame.Paired again = stage.pair("account_b", Stage.OURS);

        assertThat(stage.hear(live, ServerFrame.Close.class).code()).isEqualTo(401);
        assertThat(again.generation()).isEqualTo(2);
    }

    @Test
    void scansTheNewestOfTwoOffersOfAnAccount() {
        firstQr();
        ConnectionId newer = stage.open();
        stage.say(newer, new ClientFrame.Pair(Stage.ACCOUNT)).hear(newer, ServerFrame.Qr.class);

        Stage.done(stage.whatsApp.people().scanAccount(stage.now(), Stage.OURS, Stage.ACCOUNT));

        assertThat(stage.isQuiet(connection)).isTrue();
        stage.hear(newer, ServerFrame.Paired.class);
    }
}
