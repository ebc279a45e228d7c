package io.wafleet.conversations;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.wafleet.conversations.Samples.GROUP;
import static io.wafleet.conversations.Samples.LID;
import static io.wafleet.conversations.Samples.OTHER;
import static io.wafleet.conversations.Samples.PHONE;
import static io.wafleet.conversations.Samples.ref;
import static io.wafleet.conversations.Samples.second;
import static org.assertj.core.api.Assertions.assertThat;

/** What a store makes of each change. A store's tests extend this, and the other contracts beside it. */
public abstract class ConversationStoreContract extends StoreContract {
    private static StoredThread.@Nullable Last last(StoredThread thread) {
        return thread.last();
    }

    @Test
    void keepsTheNewestStatusOfAnAccount() {
        apply(a.account(7, second(10), AccountStatus.CONNECTED));
        apply(a.account(6, second(99), AccountStatus.NEEDS_QR), a.account(7, second(9), AccountStatus.CONNECTING));
        assertThat(store().accounts()).filteredOn(s -> s.account().equals(a.account())).singleElement()
                .satisfies(s -> assertThat(s.status()).isEqualTo(AccountStatus.CONNECTED));
        apply(a.account(8, second(1), AccountStatus.RECONNECTING));
        assertThat(store().accounts()).filteredOn(s -> s.account().equals(a.account())).singleElement()
                .satisfies(s -> assertThat(s.status()).isEqualTo(AccountStatus.RECONNECTING));
    }

    @Test
    void storesAnInboundMessageOnceHoweverOftenItIsTold() {
        apply(a.text(PHONE, "M1", 1, "hello"), a.text(PHONE, "M1", 1, "hello"));
        apply(a.text(PHONE, "M1", 1, "hello"));
        assertThat(texts(PHONE)).containsExactly("hello");
        StoredThread thread = thread(PHONE);
        assertThat(thread.unread()).hasSize(1);
        assertThat(last(thread)).isEqualTo(
                new StoredThread.Last(new MessageId("M1"), second(1), "hello", "text", false, "Ana"));
        assertThat(thread.name()).isEqualTo(new StoredThread.Name("Ana", second(1)));
    }

    @Test
    void keepsThatSomethingUnknownWasSaid() {
        apply(a.inbound(PHONE, PHONE, "M1", 1, false, new InboundContent.Unsupported("poll")));
        assertThat(texts(PHONE)).containsExactly("");
        assertThat(last(thread(PHONE))).isNotNull().satisfies(l -> assertThat(l.preview()).isEqualTo("[unsupported]"));
        assertThat(DocumentFields.of(message(PHONE, "M1"))).containsEntry("unsupportedKind", "poll");
    }

    @Test
    void keepsTheTimeOfTheMessageNotOfItsArrival() {
        apply(a.text(PHONE, "M2", 20, "second"));
        apply(a.text(PHONE, "M1", 10, "first, late"));
        assertThat(texts(PHONE)).containsExactly("second", "first, late");
        assertThat(last(thread(PHONE))).isNotNull().satisfies(l -> assertThat(l.preview()).isEqualTo("second"));
        assertThat(thread(PHONE).unread()).hasSize(2);
    }

    @Test
    void ownMessagesReadTheThreadAndNeverNameIt() {
        apply(a.text(PHONE, "M1", 1, "one"), a.text(PHONE, "M2", 2, "two"), a.own(PHONE, "M3", 3, "mine"),
                a.text(PHONE, "M4", 4, "four"));
        assertThat(thread(PHONE).unread()).extracting(StoredThread.Unread::id).containsExactly(new MessageId("M4"));
        assertThat(thread(PHONE).name()).isNotNull().satisfies(n -> assertThat(n.text()).isEqualTo("Ana"));
        assertThat(message(PHONE, "M3").outbound()).isTrue();
        assertThat(DocumentFields.of(message(PHONE, "M3"))).containsEntry("status", "sent")
                .containsEntry("direction", "outbound");
    }

    @Test
    void aReadMarkCountsWhatCameBeforeItAsRead() {
        apply(a.read(PHONE, 2));
        apply(a.text(PHONE, "M1", 1, "one"), a.text(PHONE, "M2", 2, "two"), a.text(PHONE, "M3", 3, "three"));
        assertThat(thread(PHONE).unread()).hasSize(1);
        apply(a.read(PHONE, 3));
        assertThat(thread(PHONE).unread()).isEmpty();
        apply(a.read(PHONE, 1), a.text(PHONE, "M3", 3, "three"));
        assertThat(thread(PHONE).unread()).isEmpty();
    }

    @Test
    void countsUnreadMessagesUpToItsLimitAndExactlyBelow() {
        List<Change> many = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            many.add(a.text(PHONE, "M" + i, i, "text " + i));
        }
        store().apply(many);
        assertThat(thread(PHONE).unread()).hasSize(StoredThread.MAX_UNREAD);
        apply(a.read(PHONE, 120));
        assertThat(thread(PHONE).unread()).hasSize(29);
    }

    @Test
    void aStatusBeforeItsContentShowsNothing() {
        apply(a.status(PHONE, "M1", 1, 2, MessageStatus.SENT));
        assertThat(threads()).isEmpty();
        assertThat(store().message(a.thread(PHONE), new MessageId("M1"))).isEmpty();
        assertThat(texts(PHONE)).isEmpty();
        apply(a.accepted(PHONE, "M1", 1, "bubble"));
        assertThat(texts(PHONE)).containsExactly("bubble");
        assertThat(DocumentFields.of(message(PHONE, "M1"))).containsEntry("status", "sent");
    }

    @Test
    void oneBubbleFromQueuedToReadAlsoWhenItsEchoComes() {
        apply(a.accepted(PHONE, "M1", 1, "bubble"), a.status(PHONE, "M1", 1, 1, MessageStatus.QUEUED));
        apply(a.own(PHONE, "M1", 2, "bubble"), a.status(PHONE, "M1", 1, 5, MessageStatus.READ));
        apply(a.status(PHONE, "M1", 1, 9, MessageStatus.DELIVERED), a.status(PHONE, "M1", 1, 9, MessageStatus.QUEUED));
        assertThat(texts(PHONE)).containsExactly("bubble");
        assertThat(DocumentFields.of(message(PHONE, "M1"))).containsEntry("status", "read")
                .containsEntry("readAt", second(5)).containsEntry("deliveredAt", second(9));
    }

    @Test
    void aRetriedMessageIsQueuedAgainByTheLaterRecord() {
        apply(a.accepted(PHONE, "M1", 1, "x"), a.status(PHONE, "M1", 1, 5, MessageStatus.FAILED),
                a.status(PHONE, "M1", 1, 4, MessageStatus.DISPATCHED));
        assertThat(DocumentFields.of(message(PHONE, "M1"))).containsEntry("status", "failed");
        apply(a.status(PHONE, "M1", 1, 6, MessageStatus.QUEUED));
        assertThat(DocumentFields.of(message(PHONE, "M1"))).containsEntry("status", "queued");
    }

    @Test
    void reactionsReplaceEachOtherByTheirOwnTime() {
        apply(a.reaction(PHONE, "R2", 3, "M1", "❤️"));
        assertThat(threads()).isEmpty();
        apply(a.text(PHONE, "M1", 1, "hello"));
        apply(a.reaction(PHONE, "R1", 2, "M1", "👍"));
        assertThat(message(PHONE, "M1").emojis()).isEqualTo(Map.of("them", "❤️"));
        apply(a.reaction(PHONE, "R3", 4, "M1", ""));
        assertThat(message(PHONE, "M1").emojis()).isEmpty();
        assertThat(thread(PHONE).unread()).hasSize(1);
    }

    @Test
    void anEditChangesTextAndPreviewEvenWhenItCameFirst() {
        apply(a.edit(PHONE, "E2", 3, "M1", "second try"));
        apply(a.text(PHONE, "M1", 1, "firzt"), a.edit(PHONE, "E1", 2, "M1", "first try"));
        assertThat(texts(PHONE)).containsExactly("second try");
        assertThat(last(thread(PHONE))).isNotNull().satisfies(l -> assertThat(l.preview()).isEqualTo("second try"));
        assertThat(message(PHONE, "M1").editedAt()).isEqualTo(second(3));
    }

    @Test
    void nobodyEditsOrTakesBackWhatAnotherOneSaid() {
        apply(a.own(PHONE, "M1", 1, "mine"), a.edit(PHONE, "E1", 2, "M1", "forged"), a.deletion(PHONE, "D1", 3, "M1"));
        assertThat(texts(PHONE)).containsExactly("mine");
        assertThat(message(PHONE, "M1").deletedAt()).isNull();
    }

    @Test
    void whatIsTakenBackStaysWithoutItsWords() {
        apply(a.deletion(PHONE, "D1", 5, "M1"));
        apply(a.text(PHONE, "M1", 1, "regretted"), a.edit(PHONE, "E1", 6, "M1", "edited later"));
        StoredMessage message = message(PHONE, "M1");
        assertThat(message.deletedAt()).isEqualTo(second(5));
        assertThat(message.text()).isEmpty();
        assertThat(DocumentFields.of(message)).containsEntry("body", "").containsEntry("deletedAt", second(5));
        assertThat(last(thread(PHONE))).isNotNull().satisfies(l -> assertThat(l.preview()).isEqualTo("[deleted]"));
        assertThat(message.said()).isNotNull()
                .satisfies(s -> assertThat(s.content()).isEqualTo(new Content.Text("regretted")));
    }

    @Test
    void anOwnEditTakesEffectWhenItIsSent() {
        apply(a.accepted(PHONE, "M1", 1, "typo"), a.status(PHONE, "M1", 1, 2, MessageStatus.SENT));
        apply(a.accepted(PHONE, "E1", 3, new Content.Edit(ref("M1"), "fixed")),
                a.status(PHONE, "E1", 3, 3, MessageStatus.QUEUED));
        assertThat(texts(PHONE)).containsExactly("typo");
        apply(a.status(PHONE, "E1", 3, 4, MessageStatus.SENT));
        assertThat(texts(PHONE)).containsExactly("fixed");
    }

    @Test
    void aGroupIsNamedByItsSubjectAndKeepsItsMembersApart() {
        Change.Inbound told = a.inbound(GROUP, PHONE, "M1", 1, false, new Content.Text("hi all"));
        apply(new Change.Inbound(told.account(), told.chat(), told.message(), told.from(), false, "Ana", "The team",
                told.content(), null, null, told.sentAt(), told.receivedAt()));
        apply(a.inbound(GROUP, OTHER, "M2", 2, false, new Content.Text("hello")),
                a.inbound(GROUP, OTHER, "R1", 3, false, new Content.Reaction(ref("M1"), "👍")),
                a.inbound(GROUP, PHONE, "R2", 3, false, new Content.Reaction(ref("M1"), "❤️")));
        assertThat(thread(GROUP).name()).isNotNull().satisfies(n -> assertThat(n.text()).isEqualTo("The team"));
        assertThat(message(GROUP, "M1").emojis()).isEqualTo(Map.of(PHONE.jid(), "❤️", OTHER.jid(), "👍"));
        assertThat(DocumentFields.of(message(GROUP, "M2"))).containsEntry("senderJid", OTHER.jid());
    }

    @Test
    void aLidThatBecomesKnownJoinsThePhonesThread() {
        apply(a.text(PHONE, "M1", 1, "by phone"), a.text(LID, "M2", 2, "by lid"),
                a.status(LID, "M9", 3, 3, MessageStatus.SENT));
        assertThat(threads()).hasSize(2);
        apply(a.known(3));
        apply(a.known(4));
        assertThat(threads()).extracting(StoredThread::id).containsExactly(a.thread(PHONE));
        assertThat(texts(PHONE)).containsExactly("by lid", "by phone");
        assertThat(thread(PHONE).unread()).hasSize(2);
        assertThat(texts(LID)).isEqualTo(texts(PHONE));
        assertThat(thread(LID).id()).isEqualTo(a.thread(PHONE));
        apply(a.text(LID, "M3", 5, "later by lid"), a.text(LID, "M2", 2, "by lid"),
                a.accepted(PHONE, "M9", 3, "waited"));
        assertThat(texts(PHONE)).containsExactly("later by lid", "waited", "by lid", "by phone");
        assertThat(DocumentFields.of(message(PHONE, "M9"))).containsEntry("status", "sent");
        assertThat(threads()).hasSize(1);
    }

    @Test
    void aLidKnownBeforeItsFirstMessageNeverHasAThread() {
        apply(a.known(1));
        assertThat(threads()).isEmpty();
        apply(a.text(LID, "M1", 2, "hello"), a.reaction(PHONE, "R1", 3, "M1", "👍"));
        assertThat(threads()).extracting(StoredThread::id).containsExactly(a.thread(PHONE));
        assertThat(message(LID, "M1").emojis()).hasSize(1);
    }

    @Test
    void aLongThreadJoinsWhole() {
        List<Change> many = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            many.add(a.text(LID, "M" + i, i, "text " + i));
            if (many.size() == ConversationStore.MAX_BATCH) {
                store().apply(many);
                many.clear();
            }
        }
        many.add(a.known(2_000));
        store().apply(many);
        int count = 0;
        Cursor after = null;
        do {
            Page<StoredMessage> page = store().messages(a.thread(PHONE), new PageRequest(400, after));
            count += page.items().size();
            after = page.next();
        } while (after != null);
        assertThat(count).isEqualTo(1_200);
    }
}
