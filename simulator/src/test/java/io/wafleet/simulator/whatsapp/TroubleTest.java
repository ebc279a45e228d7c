package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Content;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TroubleTest {
    private final Stage stage = new Stage();
    private final Trouble trouble = stage.whatsApp.trouble();
    private final ServerFrame.Paired paired = stage.pair(Stage.ACCOUNT, Stage.OURS);
    private final ConnectionId ours = stage.login(Stage.ACCOUNT, paired);
    private final ConnectionId theirs = stage.login("account_b", stage.pair("account_b", Stage.THEIRS));

    @Test
    void closesAllWithTheCode() {
        assertThat(trouble.strike(stage.now(), new Fault.Close(503, "outage"), Scope.everybody())).isEqualTo(2);

        assertThat(stage.hear(ours, ServerFrame.Close.class).code()).isEqualTo(503);
        assertThat(stage.hear(theirs, ServerFrame.Close.class).code()).isEqualTo(503);
        assertThat(stage.ledger.summary().closes()).containsEntry(503, 2L);
    }

    @Test
    void closesOnlyThoseNamedByPhoneOrAccount() {
        assertThat(trouble.strike(stage.now(), new Fault.Close(428, ""), new Scope(Set.of("account_b")))).isEqualTo(1);
        assertThat(stage.isQuiet(ours)).isTrue();
        assertThat(trouble.strike(stage.now(), new Fault.Close(428, ""), new Scope(Set.of(Stage.OURS.e164()))))
                .isEqualTo(1);
    }

    @Test
    void dropsWithoutAWord() {
        trouble.strike(stage.now(), new Fault.Drop(), new Scope(Set.of(Stage.ACCOUNT)));

        assertThat(stage.isQuiet(ours)).isTrue();
        assertThat(stage.dropped).containsExactly(ours);
        assertThat(stage.ledger.summary().loggedInNow()).isEqualTo(1);
    }

    @Test
    void aDeafConnectionIsToldNothingAndHeardNoMore() {
        trouble.strike(stage.now(), new Fault.Deaf(false), new Scope(Set.of(Stage.ACCOUNT)));
        stage.say(ours, new ClientFrame.Ping(1)).say(ours, Stage.text("3EB0A", Stage.THEIRS, 1, "hello"));
        stage.pass(Duration.ofSeconds(5));

        assertThat(stage.isQuiet(ours)).isTrue();
        assertThat(stage.ledger.summary().messages()).isZero();
        assertThat(stage.ledger.summary().loggedInNow()).isEqualTo(2);
    }

    @Test
    void aDeafConnectionMayStillBeHeard() {
        trouble.strike(stage.now(), new Fault.Deaf(true), new Scope(Set.of(Stage.ACCOUNT)));
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 1, "hello"));

        assertThat(stage.isQuiet(ours)).isTrue();
        assertThat(stage.ledger.summary().unique()).isEqualTo(1);
    }

    @Test
    void aLoginAfterADeafConnectionIsWhole() {
        trouble.strike(stage.now(), new Fault.Deaf(false), new Scope(Set.of(Stage.ACCOUNT)));
        Stage.done(stage.whatsApp.people().write(stage.now(), Stage.THEIRS, Stage.OURS, new Content.Text("hi"), null));
        ConnectionId anew = stage.login(Stage.ACCOUNT, paired);

        stage.hear(anew, ServerFrame.Message.class);
        assertThat(stage.isQuiet(ours)).isTrue();
        assertThat(stage.shut).doesNotContain(ours);
    }

    @Test
    void refusesTheNextLoginsThenLetsIn() {
        trouble.add(new Fault.RefuseLogins(503, "outage"), new Scope(Set.of(Stage.OURS.e164())), 2, 1);
        stage.gone(ours);

        for (int i = 0; i < 2; i++) {
            assertThat(stage.hear(stage.tryLogin(Stage.ACCOUNT, paired), ServerFrame.Close.class).code())
                    .isEqualTo(503);
        }
        stage.login(Stage.ACCOUNT, paired);
        assertThat(trouble.standing()).isEmpty();
    }

    @Test
    void anOutageForAllRefusesPairingsToo() {
        StandingFault outage = trouble.add(new Fault.RefuseLogins(503, "outage"), Scope.everybody(),
                StandingFault.UNLIMITED, 1);
        ConnectionId pairing = stage.open();
        stage.say(pairing, new ClientFrame.Pair("account_c"));
        assertThat(stage.hear(pairing, ServerFrame.Close.class).code()).isEqualTo(503);

        assertThat(trouble.lift(outage.id())).isTrue();
        assertThat(trouble.lift(outage.id())).isFalse();
        stage.pair("account_c", new io.wafleet.contract.PhoneNumber("+40700000003"));
    }

    @Test
    void losesAcksButTakesTheMessages() {
        trouble.add(new Fault.LoseAcks(), Scope.everybody(), 1, 1);
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 1, "hello"));
        assertThat(stage.isQuiet(ours)).isTrue();
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 2, "hello"));

        stage.hear(ours, ServerFrame.Ack.class);
        assertThat(stage.ledger.summary().acksLost()).isEqualTo(1);
        assertThat(stage.ledger.summary().unique()).isEqualTo(1);
        assertThat(stage.ledger.summary().duplicatesById()).isEqualTo(1);
    }

    @Test
    void delaysAcks() {
        trouble.add(new Fault.DelayAcks(Duration.ofSeconds(3)), Scope.everybody(), StandingFault.UNLIMITED, 1);
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 1, "hello")).pass(Duration.ofMillis(2_999));
        stage.hear(ours, ServerFrame.Receipt.class);
        assertThat(stage.isQuiet(ours)).isTrue();

        stage.pass(Duration.ofMillis(1));
        stage.hear(ours, ServerFrame.Ack.class);
    }

    @Test
    void aDelayedAckDiesWithItsConnection() {
        trouble.add(new Fault.DelayAcks(Duration.ofSeconds(3)), Scope.everybody(), StandingFault.UNLIMITED, 1);
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 1, "hello"));
        stage.gone(ours);
        ConnectionId anew = stage.login(Stage.ACCOUNT, paired);
        stage.pass(Duration.ofSeconds(10));

        stage.hear(anew, ServerFrame.Receipt.class);
        assertThat(stage.isQuiet(anew)).isTrue();
    }

    @Test
    void givesFewerQrs() {
        trouble.add(new Fault.FewQrs(1), Scope.everybody(), 1, 1);
        ConnectionId pairing = stage.open();
        stage.say(pairing, new ClientFrame.Pair("account_c")).hear(pairing, ServerFrame.Qr.class);
        stage.pass(Duration.ofSeconds(60));

        assertThat(stage.hear(pairing, ServerFrame.Close.class).code()).isEqualTo(408);
    }

    @Test
    void aFaultWithAChanceStrikesAboutThatOften() {
        trouble.add(new Fault.LoseAcks(), Scope.everybody(), StandingFault.UNLIMITED, 0.25);
        for (int i = 1; i <= 1_000; i++) {
            stage.say(ours, Stage.text("3EB0" + i, Stage.THEIRS, i, "message " + i));
        }

        assertThat(stage.ledger.summary().acksLost()).isBetween(190L, 310L);
    }
}
