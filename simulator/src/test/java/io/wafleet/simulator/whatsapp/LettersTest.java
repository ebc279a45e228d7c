package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How messages are brought: names of people, groups, kinds nobody knows, repetition, loads. */
final class LettersTest {
    private static final Chat GROUP = new Chat("120363000000000000@g.us");
    private static final Content HI = new Content.Text("hi");

    private final Stage stage = new Stage();
    private final ServerFrame.Paired paired = stage.pair(Stage.ACCOUNT, Stage.OURS);
    private final ConnectionId ours = stage.login(Stage.ACCOUNT, paired);

    private static Letter letter(InboundContent content, @Nullable Chat group, Naming naming) {
        return new Letter(content, group, naming, "Ana", null, null, null);
    }

    private ServerFrame.Message brought(PhoneNumber from, @Nullable PhoneNumber to, Letter letter) {
        Stage.done(stage.whatsApp.people().write(stage.now(), from, to, letter));
        return stage.hear(ours, ServerFrame.Message.class);
    }

    @Test
    void aPersonIsNamedByPhoneOrByLidAndTheOtherNameIsToldOrNot() {
        Chat phone = Chat.of(Stage.THEIRS);
        Chat lid = Lids.of(Stage.THEIRS);
        ServerFrame.Message plain = brought(Stage.THEIRS, Stage.OURS, letter(HI, null, Naming.PHONE));
        assertThat(List.of(plain.chat(), plain.from())).containsOnly(phone);
        assertThat(plain.alternative()).isNull();
        ServerFrame.Message hidden = brought(Stage.THEIRS, Stage.OURS, letter(HI, null, Naming.LID));
        assertThat(List.of(hidden.chat(), hidden.from())).containsOnly(lid);
        assertThat(hidden.alternative()).isNull();
        ServerFrame.Message told = brought(Stage.THEIRS, Stage.OURS, letter(HI, null, Naming.LID_AND_PHONE));
        assertThat(told.chat()).isEqualTo(lid);
        assertThat(told.alternative()).isEqualTo(phone);
        ServerFrame.Message reverse = brought(Stage.THEIRS, Stage.OURS, letter(HI, null, Naming.PHONE_AND_LID));
        assertThat(reverse.chat()).isEqualTo(phone);
        assertThat(reverse.alternative()).isEqualTo(lid);
        assertThat(reverse.senderName()).isEqualTo("Ana");
    }

    @Test
    void whatTheOwnerTypesNamesTheOtherPersonInTheSameWay() {
        ServerFrame.Message typed = brought(Stage.OURS, Stage.THEIRS, letter(HI, null, Naming.LID_AND_PHONE));
        assertThat(typed.fromMe()).isTrue();
        assertThat(typed.chat()).isEqualTo(Lids.of(Stage.THEIRS));
        assertThat(typed.alternative()).isEqualTo(Chat.of(Stage.THEIRS));
        assertThat(typed.from()).isEqualTo(Chat.of(Stage.OURS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+40712345678", "+123456789012345", "+4012", "+999999999999999"})
    void aLidLeadsBackToItsPhone(String phone) {
        PhoneNumber number = new PhoneNumber(phone);
        assertThat(Lids.phone(Lids.of(number))).contains(number);
        assertThat(Lids.of(number).jid()).doesNotContain(number.digits());
    }

    @Test
    void whatAnAccountSendsToALidReachesThePerson() {
        stage.say(ours, new ClientFrame.Send(new MessageId("3EB0L"), Lids.of(Stage.THEIRS), 1, HI));
        assertThat(stage.whatsApp.people().lines(Stage.THEIRS, Chat.of(Stage.OURS))).hasSize(1);
    }

    @Test
    void aGroupReachesItsMembersUnderItsSubject() {
        stage.whatsApp.people().keep(new GroupView(GROUP, "Neighbours", List.of(Stage.OURS, Stage.THEIRS)));
        ServerFrame.Message message = brought(Stage.THEIRS, null, letter(HI, GROUP, Naming.LID_AND_PHONE));
        assertThat(message.chat()).isEqualTo(GROUP);
        assertThat(message.subject()).isEqualTo("Neighbours");
        assertThat(message.from()).isEqualTo(Lids.of(Stage.THEIRS));
        assertThat(message.fromAlternative()).isEqualTo(Chat.of(Stage.THEIRS));
        assertThat(message.alternative()).isNull();
        stage.say(ours, new ClientFrame.Send(new MessageId("3EB0G"), GROUP, 1, HI));
        assertThat(stage.whatsApp.people().lines(Stage.THEIRS, GROUP)).hasSize(2);
    }

    @Test
    void aGroupThatNobodyMadeNeedsARecipient() {
        assertThat(Stage.refused(stage.whatsApp.people().write(stage.now(), Stage.THEIRS, null,
                letter(HI, GROUP, Naming.PHONE)))).isEqualTo(Answer.Reason.CONFLICT);
    }

    @Test
    void aKindNobodyKnowsIsBroughtByItsName() {
        ServerFrame.Message poll = brought(Stage.THEIRS, Stage.OURS,
                letter(new InboundContent.Unsupported("poll"), null, Naming.PHONE));
        assertThat(poll.content()).isEqualTo(new InboundContent.Unsupported("poll"));
    }

    @Test
    void idAndTimeCanBeChosenAndAnIdRepeated() {
        Instant before = stage.now().minusSeconds(3600);
        Letter letter = new Letter(HI, null, Naming.PHONE, null, "/9j/2Q==", new MessageId("3A01"), before);
        ServerFrame.Message first = brought(Stage.THEIRS, Stage.OURS, letter);
        assertThat(first.at()).isEqualTo(before);
        assertThat(first.thumbnail()).isEqualTo("/9j/2Q==");
        stage.say(ours, new ClientFrame.Received(first.id(), 1));
        assertThat(brought(Stage.THEIRS, Stage.OURS, letter)).isEqualTo(first);
    }

    @Test
    void whatIsStoredComesOnceMoreOnDemand() {
        stage.whatsApp.trouble().add(new Fault.Redeliver(), Scope.everybody(), 1, 1);
        ServerFrame.Message first = brought(Stage.THEIRS, Stage.OURS, letter(HI, null, Naming.PHONE));
        stage.say(ours, new ClientFrame.Received(first.id(), 1));
        assertThat(stage.hear(ours, ServerFrame.Message.class)).isEqualTo(first);
        stage.say(ours, new ClientFrame.Received(first.id(), 2));
        assertThat(stage.ledger.summary().inboundWaiting()).isZero();
        assertThat(stage.ledger.summary().inboundRedeliveries()).isEqualTo(1);
    }

    @Test
    void whatWaitedSaysSo() {
        stage.gone(ours);
        Stage.done(stage.whatsApp.people().write(stage.now(), Stage.THEIRS, Stage.OURS, HI, null));
        ConnectionId again = stage.login(Stage.ACCOUNT, paired);
        assertThat(stage.hear(again, ServerFrame.Message.class).offline()).isTrue();
    }

    @Test
    void aBurstIsWrittenBitByBitUnderIdsThatCanBeToldBefore() {
        BurstView begun = Stage.done(stage.whatsApp.bursts().begin(stage.now(), List.of(), 1_000, 0));
        assertThat(begun).extracting(BurstView::accounts, BurstView::messages, BurstView::written)
                .containsExactly(1, 1_000, 0);
        stage.pass(Duration.ofSeconds(1));
        assertThat(stage.whatsApp.bursts().find(begun.number())).map(BurstView::done).contains(true);
        List<ServerFrame> brought = stage.hearAll(ours);
        assertThat(brought).hasSize(1_000);
        assertThat(((ServerFrame.Message) brought.get(999)).id().value()).isEqualTo(begun.idPrefix() + "0000000003E7");
        assertThat(brought.stream().map(m -> ((ServerFrame.Message) m).chat()).distinct()).hasSize(4);
    }

    @Test
    void aBurstKeepsItsPaceAndNeedsLinkedAccounts() {
        BurstView begun = Stage.done(stage.whatsApp.bursts().begin(stage.now(), List.of(Stage.OURS), 1_000, 100));
        stage.pass(Duration.ofSeconds(2));
        assertThat(stage.whatsApp.bursts().find(begun.number()).orElseThrow().written()).isBetween(195, 205);
        assertThat(Stage.refused(stage.whatsApp.bursts().begin(stage.now(), List.of(Stage.THEIRS), 1, 0)))
                .isEqualTo(Answer.Reason.CONFLICT);
    }
}
