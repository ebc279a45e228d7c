package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.Event.ReceiptKind;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.simulator.ledger.LedgerMessage;
import io.wafleet.simulator.ledger.LedgerSummary;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OutgoingTest {
    private static final MessageId A = new MessageId("3EB0A");

    private final Stage stage = new Stage();
    private final ConnectionId ours = stage.connected();

    private List<LedgerMessage> messages() {
        return stage.ledger.messages().after(0, 100, _ -> true).items();
    }

    private LedgerSummary summary() {
        return stage.ledger.summary();
    }

    @Test
    void acknowledgesShowsAndTellsOfDelivery() {
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 1, "hello"));

        assertThat(stage.hear(ours, ServerFrame.Ack.class).id()).isEqualTo(A);
        assertThat(stage.isQuiet(ours)).isTrue();
        stage.pass(Duration.ofMillis(50));
        ServerFrame.Receipt receipt = stage.hear(ours, ServerFrame.Receipt.class);
        assertThat(receipt.kind()).isEqualTo(ReceiptKind.DELIVERED);
        assertThat(receipt.chat()).isEqualTo(Chat.of(Stage.THEIRS));
        assertThat(stage.whatsApp.people().lines(Stage.THEIRS, Chat.of(Stage.OURS))).extracting(ChatLine::text)
                .containsExactly("hello");
    }

    @Test
    void aRepeatedIdIsAcknowledgedAgainAndShownOnce() {
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 1, "hello"));
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 2, "hello"));

        stage.hear(ours, ServerFrame.Ack.class);
        stage.hear(ours, ServerFrame.Ack.class);
        assertThat(stage.whatsApp.people().lines(Stage.THEIRS, Chat.of(Stage.OURS))).hasSize(1);
        assertThat(summary().unique()).isEqualTo(1);
        assertThat(summary().duplicatesById()).isEqualTo(1);
        assertThat(summary().duplicatesByContent()).isZero();
    }

    @Test
    void theSameWordsUnderAnotherIdAreMarked() {
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 1, "hello"));
        stage.say(ours, Stage.text("3EB0B", Stage.THEIRS, 2, "hello"));
        stage.say(ours, Stage.text("3EB0C", Stage.OURS, 3, "hello"));

        assertThat(messages()).extracting(LedgerMessage::duplicateContent).containsExactly(false, true, false);
        assertThat(summary().unique()).isEqualTo(3);
    }

    @Test
    void aCounterUsedBeforeMakesAMessageUndecryptable() {
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 5, "one"));
        stage.say(ours, Stage.text("3EB0B", Stage.THEIRS, 5, "two"));

        stage.hear(ours, ServerFrame.Ack.class);
        stage.hear(ours, ServerFrame.Ack.class);
        assertThat(messages()).extracting(LedgerMessage::undecryptable).containsExactly(false, true);
        assertThat(summary().unique()).isEqualTo(1);
        assertThat(stage.whatsApp.people().lines(Stage.THEIRS, Chat.of(Stage.OURS))).extracting(ChatLine::readable)
                .containsExactly(true, false);
    }

    @Test
    void anUndecryptableMessageCanBeSaidAgainUnderItsId() {
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 5, "one"));
        stage.say(ours, Stage.text("3EB0B", Stage.THEIRS, 5, "two"));
        stage.say(ours, Stage.text("3EB0B", Stage.THEIRS, 6, "two"));

        assertThat(summary().unique()).isEqualTo(2);
        assertThat(summary().duplicatesById()).isZero();
    }

    @Test
    void aPhoneThatIsNotOnWhatsAppIsRefusedWith404() {
        stage.whatsApp.people().register(Stage.THEIRS, false);
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 1, "hello"));

        ServerFrame.Nack nack = stage.hear(ours, ServerFrame.Nack.class);
        assertThat(nack.code()).isEqualTo(404);
        assertThat(nack.isPermanent()).isTrue();
        assertThat(summary().nacked()).isEqualTo(1);
        assertThat(summary().unique()).isZero();
    }

    @Test
    void aRefusedMessageIsNotARepeatWhenItComesAgain() {
        stage.whatsApp.trouble().add(new Fault.Nack(503, "later"), Scope.everybody(), 1, 1);
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 1, "hello"));
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 2, "hello"));

        assertThat(stage.hear(ours, ServerFrame.Nack.class).code()).isEqualTo(503);
        stage.hear(ours, ServerFrame.Ack.class);
        assertThat(summary().duplicatesById()).isZero();
        assertThat(summary().unique()).isEqualTo(1);
    }

    @Test
    void aChatThatIsNoPhoneIsMalformed() {
        stage.say(ours, new ClientFrame.Send(A, new Chat("123@s.whatsapp.net"), 1, new Content.Text("hello")));

        assertThat(stage.hear(ours, ServerFrame.Nack.class).code()).isEqualTo(400);
    }

    @Test
    void groupsAreAcknowledgedAndDelivered() {
        stage.say(ours, new ClientFrame.Send(A, new Chat("120363000000000000@g.us"), 1, new Content.Text("all")));

        stage.hear(ours, ServerFrame.Ack.class);
        stage.pass(Duration.ofSeconds(1));
        assertThat(stage.hear(ours, ServerFrame.Receipt.class).kind()).isEqualTo(ReceiptKind.DELIVERED);
    }

    @Test
    void accountsTalkToEachOther() {
        ConnectionId theirs = stage.login("account_b", stage.pair("account_b", Stage.THEIRS));
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 1, "hello"));

        ServerFrame.Message message = stage.hear(theirs, ServerFrame.Message.class);
        assertThat(message.id()).isEqualTo(A);
        assertThat(message.chat()).isEqualTo(Chat.of(Stage.OURS));
        assertThat(message.fromMe()).isFalse();
    }

    @Test
    void receiptsThatComeWhileTheAccountIsAwayWaitForIt() {
        ServerFrame.Paired paired = stage.pair("account_b", Stage.THEIRS);
        ConnectionId theirs = stage.login("account_b", paired);
        stage.say(theirs, Stage.text("3EB0A", Stage.OURS, 1, "hello"));
        stage.gone(theirs);
        stage.pass(Duration.ofSeconds(1));

        assertThat(stage.hear(stage.login("account_b", paired), ServerFrame.Receipt.class).id()).isEqualTo(A);
    }

    @Test
    void openingTheChatOnThePhoneSendsReadReceipts() {
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 1, "hello")).pass(Duration.ofSeconds(1));
        stage.hear(ours, ServerFrame.Ack.class);
        stage.hear(ours, ServerFrame.Receipt.class);

        assertThat(stage.whatsApp.people().open(stage.now(), Stage.THEIRS, Chat.of(Stage.OURS))).isEqualTo(1);
        assertThat(stage.whatsApp.people().open(stage.now(), Stage.THEIRS, Chat.of(Stage.OURS))).isZero();

        stage.pass(Duration.ZERO);
        assertThat(stage.hear(ours, ServerFrame.Receipt.class).kind()).isEqualTo(ReceiptKind.READ);
        assertThat(stage.isQuiet(ours)).isTrue();
    }

    @Test
    void aPhoneThatReadsByItselfDoesSoAfterTheDelay() {
        stage.whatsApp.people().readByItself(Stage.THEIRS, true);
        stage.say(ours, Stage.text("3EB0A", Stage.THEIRS, 1, "hello")).pass(Duration.ofMillis(1_050));

        stage.hear(ours, ServerFrame.Ack.class);
        stage.hear(ours, ServerFrame.Receipt.class);
        assertThat(stage.hear(ours, ServerFrame.Receipt.class).kind()).isEqualTo(ReceiptKind.READ);
    }
}
