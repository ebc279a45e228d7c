package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.wafleet.conversations.Samples.LID;
import static io.wafleet.conversations.Samples.PHONE;
import static io.wafleet.conversations.Samples.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The decisions that all stores share, without one. */
final class DecisionsTest {
    private static final Samples A = new Samples(new AccountId("account__with__separators"));

    @Test
    void aThreadIdIsReadAsItIsWritten() {
        ThreadId id = A.thread(PHONE);
        assertThat(id.text()).isEqualTo("account__with__separators__40712345678@s.whatsapp.net");
        assertThat(ThreadId.parse(id.text())).isEqualTo(id);
        assertThat(id.toString()).doesNotContain("40712345678");
        for (String bad : List.of("", "__", "a__", "a__b", "40712345678@s.whatsapp.net", "a__[object Object]")) {
            assertThatThrownBy(() -> ThreadId.parse(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void onlyAPossiblePhoneIsOne() {
        assertThat(ThreadId.phone(PHONE)).isNotNull().satisfies(p -> assertThat(p.e164()).isEqualTo("+40712345678"));
        assertThat(ThreadId.phone(LID)).isNull();
        assertThat(ThreadId.phone(new Chat("0712345678@s.whatsapp.net"))).isNull();
        assertThat(ThreadId.phone(new Chat("123@s.whatsapp.net"))).isNull();
    }

    @Test
    void aCursorIsReadAsItIsWrittenAndNothingElseIs() {
        Cursor cursor = new Cursor(second(5), "account__40712345678@s.whatsapp.net:x");
        assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
        assertThat(cursor.text()).matches("[A-Za-z0-9_-]+");
        assertThat(cursor.toString()).doesNotContain("40712345678");
        for (String bad : List.of("", "%", "abc", "MTIz", "MTIzOg", "Og", "OTk5OTk5OTk5OTk5OTk5OTk5OjE")) {
            assertThatThrownBy(() -> Cursor.parse(bad)).as(bad).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cursor");
        }
    }

    @Test
    void aPageHasALimit() {
        assertThatThrownBy(() -> PageRequest.first(0)).hasMessageContaining("limit");
        assertThatThrownBy(() -> PageRequest.first(501)).hasMessageContaining("limit");
    }

    @Test
    void previewsAreOneLineOfWholeCharacters() {
        assertThat(Texts.cut("a\n\n b\u0000c\t", 10)).isEqualTo("a b c");
        assertThat(Texts.cut("12345678👍🏽", 10)).isEqualTo("12345678");
        assertThat(Texts.cut("123456👍🏽", 10)).isEqualTo("123456👍🏽");
        assertThat(Texts.cut("e" + "\u0301".repeat(50), 10)).hasSizeLessThanOrEqualTo(10).startsWith("e");
        assertThat(Texts.cut("🇷🇴🇷🇴🇷🇴", 10)).isEqualTo("🇷🇴🇷🇴");
        assertThat(Texts.cut("x".repeat(39) + "😀".repeat(100), 10)).isEqualTo("x".repeat(10));
        assertThat(Texts.cut("", 10)).isEmpty();
    }

    @Test
    void deliveryIsTheSameInWhateverOrderItIsTold() {
        List<Delivery> told = new ArrayList<>();
        for (MessageStatus status : MessageStatus.values()) {
            for (long at : new long[]{1, 2, 3}) {
                told.add(Delivery.of(A.status(PHONE, "M1", 1, at, status).status()));
            }
        }
        for (Delivery x : told) {
            assertThat(x.merge(x)).isEqualTo(x);
            for (Delivery y : told) {
                assertThat(x.merge(y)).isEqualTo(y.merge(x));
                for (Delivery z : told) {
                    assertThat(x.merge(y).merge(z)).isEqualTo(x.merge(y.merge(z)));
                }
            }
        }
    }

    @Test
    void aMessageIsTheSameInWhateverOrderItIsTold() {
        Random random = new Random(1);
        List<StoredMessage> told = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            told.add(anyMessage(random));
        }
        for (StoredMessage x : told) {
            assertThat(x.merge(x)).isEqualTo(x);
            for (StoredMessage y : told) {
                assertThat(x.merge(y)).isEqualTo(y.merge(x));
                for (StoredMessage z : told) {
                    assertThat(x.merge(y).merge(z)).isEqualTo(x.merge(y.merge(z)));
                }
            }
        }
    }

    private static StoredMessage anyMessage(Random random) {
        Said.Source source = Said.Source.values()[random.nextInt(3)];
        Said said = new Said(source, source == Said.Source.INBOUND ? Author.THEM : Author.ME,
                random.nextBoolean() ? null : "name " + random.nextInt(3),
                new Content.Text("text " + random.nextInt(3)), null,
                random.nextBoolean() ? null : "thumbnail " + random.nextInt(3), second(random.nextInt(5)));
        Amendments amendments = Amendments
                .edit(random.nextBoolean() ? Author.ME : Author.THEM,
                        new Amendments.Edit("edit " + random.nextInt(3), second(random.nextInt(3)),
                                new MessageId("E" + random.nextInt(3))))
                .merge(Amendments.deletion(Author.THEM, second(random.nextInt(9))));
        return new StoredMessage(A.thread(PHONE), new MessageId("M1"), random.nextInt(4) == 0 ? null : said, null,
                random.nextBoolean() ? null : amendments);
    }

    /** A store that can be stopped between two pages of a join. */
    private static final class Shelf implements Documents {
        private final Map<Object, Object> documents = new HashMap<>();

        @SuppressWarnings("unchecked")
        private <T> @Nullable T get(Object key) {
            return (T) documents.get(key);
        }

        @Override
        public @Nullable Instant erasedAt(AccountId account) {
            return null;
        }

        @Override
        public @Nullable AccountStatusRecord account(AccountId account) {
            return get(account);
        }

        @Override
        public @Nullable Alias alias(AccountId account, Chat lid) {
            return get(lid);
        }

        @Override
        public @Nullable StoredThread thread(ThreadId id) {
            return get(id);
        }

        @Override
        public @Nullable StoredMessage message(ThreadId thread, MessageId id) {
            return get(thread.text() + id);
        }

        int write(WriteSet set) {
            WriteSet.Drained drained = set.drain();
            drained.aliases().forEach(w -> documents.put(w.after().lid(), w.after()));
            drained.threads().forEach(w -> documents.put(w.after().id(), w.after()));
            drained.messages()
                    .forEach(w -> documents.put(w.after().thread().text() + w.after().id(), w.after()));
            return drained.size();
        }

        Optional<Join> apply(Change... changes) {
            WriteSet set = new WriteSet(this);
            Fold fold = new Fold(set);
            Optional<Join> join = Optional.empty();
            for (Change change : changes) {
                join = fold.apply(change);
            }
            write(set);
            return join;
        }

        void move(Join join, String id) {
            WriteSet set = new WriteSet(this);
            StoredMessage message = message(join.from(), new MessageId(id));
            if (message != null) {
                new Fold(set).move(message, join.to());
            }
            write(set);
        }

        void joined(Join join) {
            WriteSet set = new WriteSet(this);
            new Fold(set).joined(join);
            write(set);
        }
    }

    @Test
    void anInterruptedJoinGoesOnWhenItIsToldAgain() {
        Shelf shelf = new Shelf();
        shelf.apply(A.text(LID, "M1", 1, "one"), A.text(LID, "M2", 2, "two"));
        Join join = shelf.apply(A.known(3)).orElseThrow();
        shelf.move(join, "M1");
        assertThat(shelf.thread(A.thread(LID))).isNotNull()
                .satisfies(t -> assertThat(t.redirectTo()).isEqualTo(A.thread(PHONE)));
        Join again = shelf.apply(A.known(9)).orElseThrow();
        assertThat(again).isEqualTo(join);
        shelf.move(again, "M1");
        shelf.move(again, "M2");
        shelf.joined(again);
        assertThat(shelf.apply(A.known(10))).isEmpty();
        assertThat(shelf.thread(A.thread(PHONE))).isNotNull().satisfies(t -> assertThat(t.unread()).hasSize(2));
        assertThat(shelf.message(A.thread(PHONE), new MessageId("M2"))).isNotNull();
    }

    @Test
    void whatIsToldAgainWritesNothing() {
        Shelf shelf = new Shelf();
        Change[] told = {A.text(PHONE, "M1", 1, "one"), A.own(PHONE, "M2", 2, "two"),
            A.reaction(PHONE, "R", 3, "M1", "👍")};
        shelf.apply(told);
        WriteSet set = new WriteSet(shelf);
        for (Change change : told) {
            assertThat(new Fold(set).apply(change)).isEmpty();
        }
        assertThat(shelf.write(set)).isZero();
    }

    @Test
    void nothingPrivateIsInAText() {
        Change.Inbound told = A.text(PHONE, "M1", 1, "very private");
        Shelf shelf = new Shelf();
        shelf.apply(told, A.edit(PHONE, "E1", 2, "M1", "also private"));
        String all = told + " " + shelf.message(A.thread(PHONE), new MessageId("M1")) + shelf.thread(A.thread(PHONE))
                + A.accepted(PHONE, "M2", 1, "private") + A.known(3) + A.read(PHONE, 1);
        assertThat(all).doesNotContain("private").doesNotContain("Ana").doesNotContain("40712345678");
    }
}
