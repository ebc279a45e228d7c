package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.simulator.ledger.LedgerInbound;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IncomingTest {
    private final Stage stage = new Stage();
    private final ServerFrame.Paired paired = stage.pair(Stage.ACCOUNT, Stage.OURS);

    private Written write(String text) {
        return Stage.done(
                stage.whatsApp.people().write(stage.now(), Stage.THEIRS, Stage.OURS, new Content.Text(text), null));
    }

    private LedgerInbound entry() {
        return stage.ledger.inbound().after(0, 10, _ -> true).items().getFirst();
    }

    @Test
    void deliversToAConnectedAccountAtOnce() {
        ConnectionId ours = stage.login(Stage.ACCOUNT, paired);
        Written written = write("hi");

        ServerFrame.Message message = stage.hear(ours, ServerFrame.Message.class);
        assertThat(message.id()).isEqualTo(written.id());
        assertThat(message.from()).isEqualTo(Chat.of(Stage.THEIRS));
        assertThat(written.connected()).isTrue();
    }

    @Test
    void comesAgainAfterEachLoginUntilItIsReceived() {
        Written written = write("hi");
        assertThat(written).isEqualTo(new Written(written.id(), true, false));
        ConnectionId first = stage.login(Stage.ACCOUNT, paired);
        stage.hear(first, ServerFrame.Message.class);
        stage.gone(first);
        ConnectionId second = stage.login(Stage.ACCOUNT, paired);
        stage.hear(second, ServerFrame.Message.class);
        stage.say(second, new ClientFrame.Received(written.id(), 1));
        stage.gone(second);
        ConnectionId third = stage.login(Stage.ACCOUNT, paired);

        assertThat(stage.isQuiet(third)).isTrue();
        assertThat(entry().deliveries()).isEqualTo(2);
        assertThat(entry().receivedOn()).isEqualTo(second.number());
        assertThat(stage.ledger.summary().inboundRedeliveries()).isEqualTo(1);
        assertThat(stage.ledger.summary().inboundWaiting()).isZero();
    }

    @Test
    void keepsTheirOrder() {
        write("one");
        write("two");
        ConnectionId ours = stage.login(Stage.ACCOUNT, paired);

        assertThat(stage.hear(ours, ServerFrame.Message.class).content()).hasToString("Text[3 characters]");
        assertThat(stage.ledger.inbound().after(0, 10, _ -> true).items()).extracting(LedgerInbound::text)
                .containsExactly("one", "two");
    }

    @Test
    void receivingUsesACounterToo() {
        ConnectionId ours = stage.login(Stage.ACCOUNT, paired);
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 1, "hello"));
        Written written = write("hi");
        stage.say(ours, new ClientFrame.Received(written.id(), 1));

        assertThat(stage.ledger.summary().inboundUnderUsedCounter()).isEqualTo(1);
        stage.say(ours, new ClientFrame.Received(write("ho").id(), 2));
        stage.say(ours, Stage.text("3EB0B", Stage.THEIRS, 2, "hello again"));
        assertThat(stage.ledger.summary().undecryptable()).isEqualTo(1);
    }

    @Test
    void whatTheOwnerWritesOnThePhoneReachesTheAccountAsItsOwn() {
        ConnectionId ours = stage.login(Stage.ACCOUNT, paired);
        Stage.done(stage.whatsApp.people().write(stage.now(), Stage.OURS, Stage.THEIRS, new Content.Text("by hand"),
                null));

        ServerFrame.Message message = stage.hear(ours, ServerFrame.Message.class);
        assertThat(message.fromMe()).isTrue();
        assertThat(message.chat()).isEqualTo(Chat.of(Stage.THEIRS));
        assertThat(message.from()).isEqualTo(Chat.of(Stage.OURS));
    }

    @Test
    void aGroupMessageNamesItsWriter() {
        ConnectionId ours = stage.login(Stage.ACCOUNT, paired);
        Chat group = new Chat("120363000000000000@g.us");
        Stage.done(
                stage.whatsApp.people().write(stage.now(), Stage.THEIRS, Stage.OURS, new Content.Text("all"), group));

        ServerFrame.Message message = stage.hear(ours, ServerFrame.Message.class);
        assertThat(message.chat()).isEqualTo(group);
        assertThat(message.from()).isEqualTo(Chat.of(Stage.THEIRS));
    }

    @Test
    void whatCameBetweenLogoutAndTheNextPairingIsNotLost() {
        Stage.done(stage.whatsApp.people().removeDevice(stage.now(), Stage.OURS));
        Written written = write("are you there?");
        ConnectionId anew = stage.login(Stage.ACCOUNT, stage.pair(Stage.ACCOUNT, Stage.OURS));

        assertThat(stage.hear(anew, ServerFrame.Message.class).id()).isEqualTo(written.id());
    }

    @Test
    void refusesToWriteWhereNoAccountWouldSeeIt() {
        assertThat(Stage.refused(stage.whatsApp.people().write(stage.now(), Stage.THEIRS,
                new io.wafleet.contract.PhoneNumber("+40700000001"), new Content.Text("hi"), null)))
                .isEqualTo(Answer.Reason.CONFLICT);
    }

    @Test
    void aLostReceivedBringsTheMessageAgain() {
        ConnectionId ours = stage.login(Stage.ACCOUNT, paired);
        stage.whatsApp.trouble().add(new Fault.LoseReceived(), Scope.everybody(), 1, 1);
        Written written = write("hi");
        stage.say(ours, new ClientFrame.Received(written.id(), 1));
        stage.gone(ours);

        assertThat(stage.hear(stage.login(Stage.ACCOUNT, paired), ServerFrame.Message.class).id())
                .isEqualTo(written.id());
    }
}
