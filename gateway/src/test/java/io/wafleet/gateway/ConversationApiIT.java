package io.wafleet.gateway;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.sqlite.SqliteConversationStore;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.gateway.GatewayUnderTest.Got;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static io.wafleet.gateway.ConversationSamples.ANA;
import static io.wafleet.gateway.ConversationSamples.BEN;
import static io.wafleet.gateway.ConversationSamples.GROUP;
import static io.wafleet.gateway.ConversationSamples.LID;
import static io.wafleet.gateway.ConversationSamples.SHA256;
import static io.wafleet.gateway.ConversationSamples.ref;
import static org.assertj.core.api.Assertions.assertThat;

/** What people read, while no worker lives and another process writes the store. Each test has an account of its own. */
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(BrokerExtension.class)
final class ConversationApiIT {
    private static final String API = "/api/whatsapp/";

    @TempDir
    private static Path folder;
    private static GatewayUnderTest gateway;
    private static SqliteConversationStore store;

    @BeforeAll
    static void starts(TestBroker broker) {
        Path file = folder.resolve("conversations.db");
        store = SqliteConversationStore.open(file);
        gateway = GatewayUnderTest.start(broker.freshSettings(2), Map.of("store.sqlite.file", file.toString()));
    }

    @AfterAll
    static void ends() {
        gateway.close();
        store.close();
    }

    private static ConversationSamples happened(String account, Change... changes) {
        store.apply(List.of(changes));
        return new ConversationSamples(new AccountId(account));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.forEach(item -> ids.add(item.at("/id").asString()));
        return ids;
    }

    /** All pages from this one on, with what happens after each. */
    private static List<String> follow(String path, String list, Runnable between) {
        List<String> all = new ArrayList<>();
        String cursor = "";
        do {
            Got got = gateway.get(path + cursor);
            assertThat(got.status()).as(got.text()).isEqualTo(200);
            assertThat(got.at("/count").asInt()).isEqualTo(got.at("/" + list).size());
            all.addAll(ids(got.at("/" + list)));
            JsonNode next = got.at("/nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
            between.run();
        } while (!cursor.isEmpty());
        return all;
    }

    @Test
    void threadsComeNewestFirstPageByPageWhateverArrivesMeanwhile() {
        ConversationSamples a = happened("pages");
        List<Chat> people = IntStream.range(0, 7).mapToObj(i -> new Chat("4071000000" + i + "@s.whatsapp.net"))
                .toList();
        IntStream.range(0, 7).forEach(i -> happened("pages", a.text(people.get(i), "M" + i, i, "hello")));
        int[] arrived = {0};
        List<String> all = follow(API + "threads/pages?limit=3", "threads", () -> {
            arrived[0]++;
            happened("pages", a.text(BEN, "N" + arrived[0], 100 + arrived[0], "news"));
        });
        assertThat(all).containsExactly("pages__40710000006@s.whatsapp.net", "pages__40710000005@s.whatsapp.net",
                "pages__40710000004@s.whatsapp.net", "pages__40710000003@s.whatsapp.net",
                "pages__40710000002@s.whatsapp.net", "pages__40710000001@s.whatsapp.net",
                "pages__40710000000@s.whatsapp.net");
        assertThat(ids(gateway.get(API + "threads/pages?limit=1").at("/threads")))
                .containsExactly("pages__" + BEN.jid());
    }

    @Test
    void messagesComeNewestFirstPageByPageWhateverArrivesMeanwhile() {
        ConversationSamples a = happened("long");
        IntStream.range(0, 25).forEach(i -> happened("long", a.text(ANA, "M%02d".formatted(i), i / 5, "text " + i)));
        int[] arrived = {0};
        List<String> all = follow(API + "messages/long/" + ANA.jid() + "?limit=10", "messages", () -> {
            arrived[0]++;
            happened("long", a.text(ANA, "N" + arrived[0], 100 + arrived[0], "news"));
        });
        assertThat(all).isEqualTo(IntStream.range(0, 25).mapToObj(i -> "M%02d".formatted(24 - i)).toList());
    }

    @Test
    void aThreadIsShownWithNameUnreadAndLastMessage() {
        ConversationSamples a = new ConversationSamples(new AccountId("summary"));
        happened("summary", a.text(ANA, "M1", 1, "first"), a.text(ANA, "M2", 2, "second"),
                a.inGroup(BEN, "G1", 3, "hello all", "Neighbours"));
        Got got = gateway.get(API + "threads/summary");
        assertThat(got.at("/success").asBoolean()).isTrue();
        assertThat(got.at("/count").asInt()).isEqualTo(2);
        assertThat(got.at("/nextCursor").isNull()).isTrue();
        JsonNode group = got.at("/threads/0");
        assertThat(group.at("/displayName").asString()).isEqualTo("Neighbours");
        assertThat(group.at("/isGroup").asBoolean()).isTrue();
        JsonNode ana = got.at("/threads/1");
        assertThat(ana.at("/id").asString()).isEqualTo("summary__" + ANA.jid());
        assertThat(ana.at("/accountId").asString()).isEqualTo("summary");
        assertThat(ana.at("/clientJid").asString()).isEqualTo(ANA.jid());
        assertThat(ana.at("/phoneE164").asString()).isEqualTo("+40712345678");
        assertThat(ana.at("/displayName").asString()).isEqualTo("Ana");
        assertThat(ana.at("/unreadCount").asInt()).isEqualTo(2);
        assertThat(ana.at("/lastMessagePreview").asString()).isEqualTo("second");
        assertThat(ana.at("/lastMessageDirection").asString()).isEqualTo("inbound");
        assertThat(ana.at("/lastMessageAt").asString()).isEqualTo("2026-03-01T10:00:02Z");
    }

    @Test
    void aMessageIsShownAsItIsNow() {
        ConversationSamples a = new ConversationSamples(new AccountId("now"));
        happened("now", a.text(ANA, "EDITED", 1, "helo"),
                a.said(ANA, "E1", 2, new Content.Edit(ref("EDITED"), "hello")),
                a.said(ANA, "R1", 3, new Content.Reaction(ref("EDITED"), "👍")), a.text(ANA, "DELETED", 4, "oh secret"),
                a.said(ANA, "D1", 5, new Content.Delete(ref("DELETED"))), a.image(ANA, "IMAGE", 6, "Look"),
                a.accepted(ANA, "3EB0", 7,
                        new Content.Image(URI.create("https://files.example.com/a.png"), null, "image/png", null)),
                a.delivered(ANA, "3EB0", 7, 9));
        Got got = gateway.get(API + "messages/now/" + ANA.jid());
        assertThat(ids(got.at("/messages"))).containsExactly("3EB0", "IMAGE", "DELETED", "EDITED");
        assertThat(got.at("/thread/id").asString()).isEqualTo("now__" + ANA.jid());
        assertThat(got.text()).doesNotContain("secret", "mmg.example");

        JsonNode own = got.at("/messages/0");
        assertThat(own.at("/direction").asString()).isEqualTo("outbound");
        assertThat(own.at("/status").asString()).isEqualTo("delivered");
        assertThat(own.at("/deliveredAt").asString()).isEqualTo("2026-03-01T10:00:09Z");
        assertThat(own.at("/mediaUrl").asString()).isEqualTo("https://files.example.com/a.png");

        JsonNode image = got.at("/messages/1");
        assertThat(image.at("/body").asString()).isEqualTo("Look");
        assertThat(image.at("/media/url").asString()).isEqualTo("/api/whatsapp/media/now/" + SHA256)
                .isEqualTo(image.at("/mediaUrl").asString());
        assertThat(image.at("/media/sha256").asString()).isEqualTo(SHA256);
        assertThat(image.at("/media/sizeBytes").asInt()).isEqualTo(5);
        assertThat(image.at("/media/thumbBase64").asString()).isEqualTo("/9j/2Q==");
        assertThat(image.at("/senderName").asString()).isEqualTo("Ana");

        JsonNode deleted = got.at("/messages/2");
        assertThat(deleted.at("/body").asString()).isEmpty();
        assertThat(deleted.at("/deletedAt").asString()).isEqualTo("2026-03-01T10:00:05Z");

        JsonNode edited = got.at("/messages/3");
        assertThat(edited.at("/body").asString()).isEqualTo("hello");
        assertThat(edited.at("/editedAt").asString()).isEqualTo("2026-03-01T10:00:02Z");
        assertThat(edited.at("/createdAt").asString()).isEqualTo("2026-03-01T10:00:01Z");
        assertThat(edited.at("/reactions/0/emoji").asString()).isEqualTo("👍");
        assertThat(edited.at("/reactions/0/fromMe").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"forms__40712345678@s.whatsapp.net", "40712345678@s.whatsapp.net", "40712345678@c.us",
        "+40 712 345 678", "0712345678", "40712345678:12@s.whatsapp.net", "98765432101234@lid",
        "forms__98765432101234@lid"})
    void aThreadIsFoundInEachFormAndALidMeansThePhone(String written) {
        ConversationSamples a = new ConversationSamples(new AccountId("forms"));
        happened("forms", a.text(LID, "M1", 1, "by lid"), a.lidKnown(2), a.text(ANA, "M2", 3, "by phone"));
        for (Got got : List.of(gateway.get(API + "messages/forms/" + encoded(written)),
                gateway.get(API + "messages?accountId=forms&threadId=" + encoded(written)))) {
            assertThat(got.status()).as(got.text()).isEqualTo(200);
            assertThat(got.at("/thread/id").asString()).isEqualTo("forms__" + ANA.jid());
            assertThat(ids(got.at("/messages"))).containsExactly("M2", "M1");
        }
        assertThat(ids(gateway.get(API + "threads/forms").at("/threads"))).containsExactly("forms__" + ANA.jid());
    }

    @Test
    void anAccountSeesOnlyItsOwnThreads() {
        ConversationSamples other = new ConversationSamples(new AccountId("theirs"));
        happened("theirs", other.text(ANA, "M1", 1, "not yours"));
        String foreign = "theirs__" + ANA.jid();
        for (String path : List.of("messages/mine/" + foreign, "messages?accountId=mine&threadId=" + foreign,
                "search/mine?q=yours&threadId=" + foreign)) {
            Got got = gateway.get(API + path);
            assertThat(got.status()).as(path).isEqualTo(403);
            assertThat(got.at("/error").asString()).isEqualTo("Thread does not belong to account");
            assertThat(got.at("/code").asString()).isEqualTo("thread_foreign");
        }
        assertThat(gateway.get(API + "messages/mine/" + ANA.jid()).status()).isEqualTo(404);
        assertThat(gateway.get(API + "messages?threadId=" + foreign).at("/messages/0/body").asString())
                .isEqualTo("not yours");
    }

    @Test
    void whatIsNotKnownIsSaid() {
        Got thread = gateway.get(API + "messages/nobody/" + ANA.jid());
        assertThat(thread.status()).isEqualTo(404);
        assertThat(thread.at("/error").asString()).isEqualTo("Thread not found");
        Got account = gateway.get(API + "threads/nobody");
        assertThat(account.status()).isEqualTo(404);
        assertThat(account.at("/error").asString()).isEqualTo("Account not found");
        Got overview = gateway.get(API + "messages?accountId=nobody&threadId=" + ANA.jid());
        assertThat(overview.status()).isEqualTo(200);
        assertThat(overview.at("/threads").size() + overview.at("/messages").size()).isZero();
    }

    @Test
    void anOverviewShowsThreadsWithTheirNewestMessages() {
        ConversationSamples a = happened("overview");
        IntStream.range(0, 12).forEach(i -> happened("overview", a.text(ANA, "M%02d".formatted(i), i, "text")));
        happened("overview", a.text(BEN, "B1", 99, "later"));
        Got got = gateway.get(API + "messages?accountId=overview");
        assertThat(ids(got.at("/threads"))).containsExactly("overview__" + BEN.jid(), "overview__" + ANA.jid());
        assertThat(ids(got.at("/threads/0/messages"))).containsExactly("B1");
        assertThat(ids(got.at("/threads/1/messages"))).hasSize(10).startsWith("M11", "M10");
    }

    @Test
    void wordsAreFoundWhateverTheirCaseAndAccentsPageByPage() {
        ConversationSamples a = new ConversationSamples(new AccountId("words"));
        happened("words", a.text(ANA, "M1", 1, "Bună dimineața"), a.text(BEN, "M2", 2, "BUNA seara"),
                a.text(ANA, "M3", 3, "buna, gone"), a.said(ANA, "D1", 4, new Content.Delete(ref("M3"))),
                a.text(ANA, "M4", 5, "something else"), a.inGroup(BEN, "M5", 6, "Bunătate", "Neighbours"));
        assertThat(follow(API + "search/words?q=bun%C4%83&limit=2", "messages", () -> {
        }))
                .containsExactly("M5", "M2", "M1");
        Got inThread = gateway.get(API + "search/words?q=buna&threadId=0712345678");
        assertThat(ids(inThread.at("/messages"))).containsExactly("M1");
        assertThat(inThread.at("/messages/0/threadId").asString()).isEqualTo("words__" + ANA.jid());
        assertThat(gateway.get(API + "search/words?q=nothing").at("/count").asInt()).isZero();
        assertThat(gateway.get(API + "search/others?q=buna").at("/count").asInt()).isZero();
        assertThat(gateway.get(API + "search/words?q=buna&threadId=" + LID.jid()).status()).isEqualTo(404);
        assertThat(gateway.get(API + "search/words?q=" + encoded("\" OR body:*")).status()).isEqualTo(200);
        assertThat(gateway.get(API + "search/words?q=buna&threadId=" + GROUP.jid()).at("/count").asInt()).isOne();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            threads/a?limit=0                            | limit: must be a whole number from 1 to 200
            threads/a?limit=201                          | limit: must be a whole number from 1 to 200
            threads/a?limit=-1                           | limit: must be a whole number from 1 to 200
            threads/a?limit=                             | limit: must be a whole number from 1 to 200
            threads/a?limit=1e2                          | limit: must be a whole number from 1 to 200
            threads/a?limit=99999999999                  | limit: must be a whole number from 1 to 200
            threads/a?limit=%D9%A1                       | limit: must be a whole number from 1 to 200
            messages/a/40712345678?limit=many            | limit: must be a whole number from 1 to 200
            search/a?q=x&limit=1.5                       | limit: must be a whole number from 1 to 200
            messages?accountId=a&limit=51                | limit: must be a whole number from 1 to 50
            messages?accountId=a&threadId=0712345678&limit=201 | limit: must be a whole number from 1 to 200
            threads/a?cursor=x                           | cursor: must be the nextCursor of an earlier answer
            threads/a?cursor=                            | cursor: must be the nextCursor of an earlier answer
            threads/a?cursor=AAAA%20                     | cursor: must be the nextCursor of an earlier answer
            messages/a/40712345678?cursor=bm90IG91cnM    | cursor: must be the nextCursor of an earlier answer
            search/a?q=x&cursor=../..                    | cursor: must be the nextCursor of an earlier answer
            messages/a/nobody                            | threadId: must be <accountId>__<jid>
            messages/a/12@newsletter                     | threadId: must be <accountId>__<jid>
            messages/a/a__nobody                         | threadId: must be <accountId>__<jid>
            messages/a%20b/40712345678                   | id: has characters that are not allowed
            messages?accountId=a&threadId=x              | threadId: must be <accountId>__<jid>
            messages?threadId=0712345678                 | accountId: is missing, and threadId does not name it
            messages                                     | accountId: is missing
            search/a                                     | q: is missing
            search/a?q=                                  | q: must have at least 1 character
            search/a?q=%20%22*                           | q: must have at least one letter or digit
            """)
    void aBrokenRuleIsNamed(String path, String error) {
        Got got = gateway.get(API + path);
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.at("/error").asString()).startsWith(error);
        assertThat(got.at("/code").asString()).isEqualTo("invalid_request");
    }

    @Test
    void noOwnerIsNeeded() {
        ConversationSamples a = new ConversationSamples(new AccountId("orphan"));
        happened("orphan", a.text(ANA, "M1", 1, "hello"));
        assertThat(gateway.get("/api/fleet").at("/partitions/withoutOwner").size()).isEqualTo(2);
        assertThat(gateway.get(API + "threads/orphan").status()).isEqualTo(200);
        assertThat(gateway.get("/health").at("/conversations").asString()).isEqualTo("ok");
    }

    @Test
    void thePathsOfOneMessageStayWhatTheyAre() {
        assertThat(gateway.get(API + "messages/3EB0FFFF/status").at("/code").asString()).isEqualTo("message_unknown");
        assertThat(gateway.post(API + "messages/3EB0FFFF/cancel", null).at("/code").asString())
                .isEqualTo("message_unknown");
        assertThat(gateway.post(API + "messages/a/40712345678", "{}").status()).isEqualTo(405);
    }
}
