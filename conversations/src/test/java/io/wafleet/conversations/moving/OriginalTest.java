package io.wafleet.conversations.moving;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.MessageStatus;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.StoredThread;
import io.wafleet.conversations.ThreadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** What each wart of the original becomes. */
final class OriginalTest {
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);
    private static final MovePlan PLAN = OriginalFixture.plan();
    private static final Rehearsal MOVED = Rehearsal.of(PLAN);

    private static ThreadId thread(String account, String phone) {
        return new ThreadId(new AccountId(account), new Chat(phone + "@s.whatsapp.net"));
    }

    private static ThreadId thread(String phone) {
        return thread(OriginalFixture.SHOP, phone);
    }

    private static List<String> texts(ThreadId thread) {
        return MOVED.messages(thread).stream().map(StoredMessage::text).filter(text -> !text.isEmpty()).toList();
    }

    private static StoredMessage message(ThreadId thread, String text) {
        List<StoredMessage> found = MOVED.messages(thread).stream().filter(m -> m.text().equals(text)).toList();
        assertThat(found).as(text).hasSize(1);
        return found.getFirst();
    }

    private static MessageStatus status(ThreadId thread, String text) {
        return requireNonNull(message(thread, text).delivery()).status();
    }

    private static Finding finding(Finding.Kind kind, String part) {
        return PLAN.findings().stream().filter(f -> f.kind() == kind && f.why().contains(part)).findFirst()
                .orElseThrow(() -> new AssertionError(part + " is not among " + PLAN.findings()));
    }

    @Test
    void accountsKeepTheirIdsAndThoseThatCannotComeAreNamed() {
        assertThat(PLAN.accounts()).extracting(a -> a.account().value(), a -> a.phone().e164(), MovedAccount::name)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(OriginalFixture.SHOP, "+40712345678", "Shop"),
                        org.assertj.core.groups.Tuple.tuple("account_dev_0123456789abcdef0123456789abcdef",
                                "+40722000333", null),
                        org.assertj.core.groups.Tuple.tuple("account_1700000000000", "+40722000444", "Old"));
        assertThat(finding(Finding.Kind.SKIPPED, "has no id").paths()).containsExactly("accounts/[object Object]");
        assertThat(finding(Finding.Kind.SKIPPED, "was deleted there").count()).isEqualTo(1);
        assertThat(finding(Finding.Kind.SKIPPED, "no phone").count()).isEqualTo(1);
    }

    @Test
    void plainTextSessionsAreTakenWholeAndThoseWithoutCredentialsNot() {
        assertThat(PLAN.sessions()).singleElement().satisfies(session -> {
            assertThat(session.account().value()).isEqualTo(OriginalFixture.SHOP);
            assertThat(session.files()).containsKeys("creds.json", "pre-key-1.json").hasSize(3);
            assertThat(session.toString()).doesNotContain("registered");
        });
        assertThat(finding(Finding.Kind.SKIPPED, "no creds.json").count()).isEqualTo(1);
    }

    @Test
    void aBubbleThatWaitedJoinsTheSentOneByWordsAndTime() {
        assertThat(message(thread("40722000111"), "Hello").id().value()).isEqualTo("3EB0AAAA000000000002");
        assertThat(finding(Finding.Kind.JOINED, "the same words in the same thread").count()).isEqualTo(1);
    }

    @Test
    void aBubbleThatWaitedJoinsTheSentOneThatNamesItWheneverThatWas() {
        assertThat(message(thread("40722000111"), "Named").id().value()).isEqualTo("3EB0AAAA000000000003");
        assertThat(finding(Finding.Kind.JOINED, "names").count()).isEqualTo(1);
    }

    @Test
    void whatWasSaidOnceIsKeptThoughNobodySentIt() {
        assertThat(message(thread("40722000111"), "Only once").id().value()).startsWith("client_");
        assertThat(status(thread("40722000111"), "Only once")).isEqualTo(MessageStatus.FAILED);
        assertThat(status(thread("40722000111"), "Stuck")).isEqualTo(MessageStatus.FAILED);
        assertThat(finding(Finding.Kind.JOINED, "as a waiting message").count()).isEqualTo(1);
    }

    @Test
    void whatOnlyTheOutboxKnowsIsAMessageToo() {
        StoredMessage message = message(thread("40722000111"), "From the outbox");
        assertThat(message.id().value()).isEqualTo("3EB0AAAA000000000018");
        assertThat(status(thread("40722000111"), "From the outbox")).isEqualTo(MessageStatus.SENT);
    }

    @Test
    void receiptsGoOneStepBack() {
        StoredMessage read = message(thread("40722000111"), "Hello");
        assertThat(requireNonNull(read.delivery()).status()).isEqualTo(MessageStatus.DELIVERED);
        assertThat(requireNonNull(read.delivery()).sentAt()).isEqualTo(START.plusSeconds(104));
        assertThat(requireNonNull(read.delivery()).deliveredAt()).isEqualTo(START.plusSeconds(110));
        assertThat(requireNonNull(read.delivery()).readAt()).isNull();
        assertThat(status(thread("40722000111"), "Named")).isEqualTo(MessageStatus.SENT);
        assertThat(finding(Finding.Kind.CORRECTED, "read is delivered").count()).isPositive();
    }

    @Test
    void theThreadOfALidJoinsThatOfItsPhone() {
        assertThat(texts(thread("40722000111"))).contains("From the LID", "Good morning");
        assertThat(texts(thread("40722000888"))).containsExactly("Another LID");
        assertThat(message(thread("40722000111"), "Good morning").id().value()).isEqualTo("3EB0AAAA000000000001");
        assertThat(finding(Finding.Kind.JOINED, "the thread of a LID").count()).isEqualTo(2);
        assertThat(finding(Finding.Kind.JOINED, "the same id in another document").count()).isEqualTo(1);
    }

    @Test
    void aThreadWithoutAccountIsDividedByWhatItsMessagesSay() {
        assertThat(texts(thread("40722000222"))).containsExactly("Half", "Half an answer");
        assertThat(texts(thread("account_1700000000000", "40722000222"))).containsExactly("To the other account");
        assertThat(finding(Finding.Kind.SKIPPED, "whose account").count()).isEqualTo(1);
    }

    @Test
    void aReceiptThatLayBesideItsMessageReachesItAndAGhostStaysAway() {
        assertThat(requireNonNull(message(thread("40722000222"), "Half an answer").delivery()).sentAt())
                .isEqualTo(START.plusSeconds(504));
        assertThat(finding(Finding.Kind.SKIPPED, "nowhere").count()).isEqualTo(1);
    }

    @Test
    void messagesOfAThreadThatIsAnObjectGoWhereTheySay() {
        assertThat(texts(thread("40722000666"))).containsExactlyInAnyOrder("Object", "Without an id");
        assertThat(message(thread("40722000666"), "Without an id").id().value()).startsWith("moved_");
        assertThat(finding(Finding.Kind.SKIPPED, "names no account and chat").count()).isEqualTo(3);
        assertThat(finding(Finding.Kind.SKIPPED, "in no chat").count()).isEqualTo(2);
    }

    @Test
    void aGroupKeepsItsMembersAndItsName() {
        ThreadId group = new ThreadId(new AccountId(OriginalFixture.SHOP), new Chat("40712345678-1600000000@g.us"));
        StoredThread thread = requireNonNull(MOVED.thread(group));
        assertThat(requireNonNull(thread.name()).text()).isEqualTo("Team");
        assertThat(requireNonNull(message(group, "Hi all").said()).author()).isEqualTo("40722000777@s.whatsapp.net");
    }

    @Test
    void aJidInTheNationalNotationIsThePhone() {
        assertThat(texts(thread("40722000555"))).containsExactly("In the national notation");
    }

    @Test
    void mediaKeepTheirAddressAndWhatHasNoWordsIsKeptAsUnknown() {
        assertThat(requireNonNull(message(thread("40722000111"), "A picture").said()).content())
                .isInstanceOf(Content.Image.class);
        assertThat(MOVED.messages(thread("40722000111")))
                .anyMatch(m -> requireNonNull(m.said()).content() instanceof InboundContent.Unsupported);
    }

    @Test
    void timesAreReadInEachFormAndThreadsAreOrderedByTheMessagesOwn() {
        assertThat(message(thread("40722000111"), "From the LID").orderTime()).contains(START.plusSeconds(400));
        assertThat(message(thread("40722000888"), "Another LID").orderTime()).contains(START.plusSeconds(450));
        StoredThread ana = requireNonNull(MOVED.thread(thread("40722000111")));
        assertThat(requireNonNull(ana.last()).at()).isEqualTo(START.plusSeconds(4_000));
        assertThat(requireNonNull(ana.name()).text()).isEqualTo("Ana");
    }

    @Test
    void whatMovedInCountsAsRead() {
        assertThat(requireNonNull(MOVED.thread(thread("40722000666"))).unread()).isEmpty();
    }

    @Test
    void documentsInAnyOrderMakeTheSamePlan() {
        List<OriginalDocument> shuffled = new ArrayList<>(OriginalFixture.documents());
        Collections.shuffle(shuffled, new Random(7));
        MovePlan again = Original.plan(shuffled, new io.wafleet.identity.PhoneNumbers("RO"));
        assertThat(again.changes()).isEqualTo(PLAN.changes());
        assertThat(again.findings()).isEqualTo(PLAN.findings());
    }

    @Test
    void nothingOfTheReportShowsAPhone() {
        assertThat(PLAN.findings().toString()).doesNotContainPattern("40722000[0-9]{3}@");
    }
}
