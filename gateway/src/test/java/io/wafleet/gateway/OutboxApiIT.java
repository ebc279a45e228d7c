package io.wafleet.gateway;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.MessageStatusRecord.Attempt;
import io.wafleet.contract.MessageStatusRecord.Receipt;
import io.wafleet.contract.Reply.RequestResult;
import io.wafleet.contract.Topic;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.gateway.GatewayUnderTest.Got;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.settings.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What people do about messages, on a real broker; the outbox is played. Every answer is checked against the contract. */
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(BrokerExtension.class)
final class OutboxApiIT {
    private static final int PARTITIONS = 2;
    private static final AccountId SHOP = new AccountId("account_prod_shop");
    private static final AccountId FULL = new AccountId("account_prod_full");
    private static final AccountId MANY = new AccountId("account_prod_many");
    private static final Chat CHAT = new Chat("40722000111@s.whatsapp.net");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String SEND = "/api/whatsapp/send-message";
    private static final String ASYNC = "respond-async";

    private static KafkaSettings kafka;
    private static FakeFleet fleet;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start(TestBroker broker) {
        kafka = broker.freshSettings(PARTITIONS);
        fleet = new FakeFleet(kafka).claimAll();
        fleet.account(SHOP, "+40712345678", "Shop", AccountStatus.CONNECTED);
        fleet.account(FULL, "+40712345679", "Full", AccountStatus.CONNECTED);
        fleet.account(MANY, "+40712345670", "Many", AccountStatus.CONNECTED);
        gateway = GatewayUnderTest.start(kafka, Map.of("send.wait", "20s", "outbox.max.queued", "3")).awaitOwners();
        gateway.awaitStatus(FULL.value(), "connected");
        gateway.awaitStatus(MANY.value(), "connected");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        fleet.close();
    }

    @BeforeEach
    void behavesWell() {
        fleet.messagesEndAs(MessageStatus.SENT);
        fleet.decides(true);
        fleet.decidesAs(about -> FakeFleet.decided(about, RequestResult.ACCEPTED, null));
    }

    @Test
    void aMessageForLaterIsQueuedAtOnceWithItsTimes() {
        Instant sendAt = Instant.now().plusSeconds(3600);
        fleet.messagesEndAs(null);
        Got got = gateway.post(SEND, body(SHOP, ",\"sendAt\":\"%s\",\"expiresAt\":\"%s\""
                .formatted(sendAt, sendAt.plusSeconds(60))));
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.at("/queued").asBoolean()).isTrue();
        await().atMost(LONG).until(() -> fleet.sends().stream()
                .anyMatch(s -> sendAt.equals(s.sendAt()) && sendAt.plusSeconds(60).equals(s.expiresAt())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"sendAt|tomorrow|sendAt: must be an ISO-8601 time",
        "sendAt|2099-01-01T00:00:00Z|sendAt: must be at most 20 days ahead",
        "expiresAt|2020-01-01T00:00:00Z|expiresAt: must be in the future",
        "expiresAt|2099-01-01T00:00:00Z|expiresAt: must be at most 30 days ahead"})
    void aTimeThatBreaksARuleIsRefusedByName(String field, String time, String error) {
        Got got = gateway.post(SEND, body(SHOP, ",\"%s\":\"%s\"".formatted(field, time)));
        assertThat(got.status()).isEqualTo(400);
        assertThat(got.at("/error").asString()).startsWith(error);
    }

    @Test
    void anotherTimeUnderTheSameKeyIsAnotherRequest() {
        String key = "times";
        assertThat(gateway.post(SEND, body(SHOP, ""), "Idempotency-Key", key, "Prefer", ASYNC).status())
                .isEqualTo(202);
        String later = ",\"expiresAt\":\"%s\"".formatted(Instant.now().plusSeconds(3600));
        assertThat(gateway.post(SEND, body(SHOP, later), "Idempotency-Key", key, "Prefer", ASYNC).status())
                .isEqualTo(422);
    }

    @Test
    void aFullQueueAnswers429AndListsWhatWaits() {
        fleet.messagesEndAs(null);
        for (int i = 0; i < 3; i++) {
            assertThat(gateway.post(SEND, body(FULL, ""), "Prefer", ASYNC).status()).isEqualTo(202);
        }
        String list = "/api/whatsapp/accounts/" + FULL + "/queued-messages";
        await().atMost(LONG).until(() -> gateway.get(list).at("/messages").size() == 3);
        Got got = gateway.post(SEND, body(FULL, ""), "Prefer", ASYNC);
        assertThat(got.status()).isEqualTo(429);
        assertThat(got.at("/code").asString()).isEqualTo("queue_full");
        assertThat(got.header("Retry-After")).isNotEmpty();
        Got page = gateway.get(list + "?limit=2");
        assertThat(page.at("/messages").size()).isEqualTo(2);
        Got next = gateway.get(list + "?limit=2&after=" + page.at("/next").asString());
        assertThat(next.at("/messages").size()).isEqualTo(1);
        assertThat(next.at("/next").isNull()).isTrue();
        assertThat(gateway.get(list + "?after=nonsense").status()).isEqualTo(400);
        assertThat(gateway.get(list + "?limit=0").status()).isEqualTo(400);
        assertThat(gateway.get("/api/whatsapp/accounts/nobody/queued-messages").status()).isEqualTo(404);
    }

    @Test
    void cancelRetryAndDiscardAreDecidedByTheOutbox() {
        String id = gateway.post(SEND, body(SHOP, "")).at("/messageId").asString();
        await().atMost(LONG).until(() -> gateway.get(path(id, "status")).status() == 200);
        assertThat(gateway.post(path(id, "cancel"), null).at("/status").asString()).isEqualTo("cancelled");
        assertThat(gateway.post(path(id, "retry"), null).at("/status").asString()).isEqualTo("queued");
        assertThat(gateway.post(path(id, "discard"), null).at("/status").asString()).isEqualTo("failed");
        fleet.decidesAs(about -> FakeFleet.decided(about, RequestResult.REFUSED, "attempt_out"));
        Got refused = gateway.post(path(id, "cancel"), null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/code").asString()).isEqualTo("attempt_out");
        fleet.decidesAs(about -> FakeFleet.decided(about, RequestResult.REFUSED, "queue_full"));
        assertThat(gateway.post(path(id, "retry"), null).status()).isEqualTo(429);
    }

    @Test
    void aMessageThatIsNotAtHandIsAddressedByItsAccount() {
        assertThat(gateway.post(path("3EB0FF", "cancel"), null).status()).isEqualTo(404);
        assertThat(gateway.post(path("3EB0FF", "cancel?accountId=" + SHOP), null).status()).isEqualTo(200);
        fleet.decidesAs(about -> FakeFleet.decided(about, RequestResult.REFUSED, "message_unknown"));
        assertThat(gateway.post(path("3EB0FF", "retry?accountId=" + SHOP), null).status()).isEqualTo(404);
    }

    @Test
    void anAccountsPacingIsSetShownAndTakenAway() {
        String pacing = "/api/whatsapp/accounts/" + SHOP + "/pacing";
        assertThat(gateway.get(pacing).at("/burst").asInt()).isEqualTo(20);
        Got put = gateway.send("PUT", pacing, "{\"burst\":5,\"intervalMs\":250}");
        assertThat(put.at("/overridden").asBoolean()).isTrue();
        assertThat(put.at("/intervalMs").asInt()).isEqualTo(250);
        assertThat(gateway.send("DELETE", pacing, null).at("/overridden").asBoolean()).isFalse();
        for (String bad : List.of("{\"burst\":0,\"intervalMs\":1}", "{\"burst\":1,\"intervalMs\":3600001}",
                "{\"burst\":1}", "{\"burst\":99999999999,\"intervalMs\":1}", "{\"burst\":1.5,\"intervalMs\":1}",
                "{\"burst\":4294967297,\"intervalMs\":1}", "{\"burst\":1,\"intervalMs\":18446744073709551617}",
                "{\"burst\":1e99,\"intervalMs\":1}", "{\"burst\":1e999,\"intervalMs\":1}")) {
            assertThat(gateway.send("PUT", pacing, bad).status()).as(bad).isEqualTo(400);
        }
        assertThat(gateway.get("/api/whatsapp/accounts/nobody/pacing").status()).isEqualTo(404);
    }

    @Test
    void aStatusTellsItsHistoryAndReceipts() {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        MessageStatusRecord record = new MessageStatusRecord(SHOP, new MessageId("3EB0HISTORY"), CHAT,
                MessageStatus.DELIVERED, 1, null, at, at, null, at, at, null,
                List.of(new Attempt(1, new Epoch(7), at, Event.Outcome.NOT_ATTEMPTED, "not connected", at),
                        new Attempt(2, new Epoch(8), at, null, null, null)),
                List.of(new Receipt(Event.ReceiptKind.DELIVERED, at)), null, null);
        tell(record);
        await().atMost(LONG).until(() -> gateway.get(path("3EB0HISTORY", "status")).status() == 200);
        Got got = gateway.get(path("3EB0HISTORY", "status"));
        assertThat(got.at("/history/0/outcome").asString()).isEqualTo("not_attempted");
        assertThat(got.at("/history/0/epoch").asInt()).isEqualTo(7);
        assertThat(got.at("/history/1/outcome").isNull() || got.at("/history/1/outcome").isMissingNode()).isTrue();
        assertThat(got.at("/receipts/0/kind").asString()).isEqualTo("delivered");
    }

    @Test
    void failedMessagesOfAllAccountsAreListedUntilTheyAreDiscarded() {
        Instant at = Instant.now();
        MessageStatusRecord failed = new MessageStatusRecord(SHOP, new MessageId("3EB0FAILED"), CHAT,
                MessageStatus.FAILED, 10, "outcome_unknown", at, at, null, null, null, null, null, null,
                at.plusSeconds(3600), null);
        tell(failed);
        await().atMost(LONG).until(() -> listed("/api/whatsapp/failed-messages").contains("3EB0FAILED"));
        assertThat(listed("/api/whatsapp/failed-messages?accountId=" + FULL)).doesNotContain("3EB0FAILED");
        tell(failed.retryUntil(null));
        await().atMost(LONG).until(() -> !listed("/api/whatsapp/failed-messages").contains("3EB0FAILED"));
    }

    @Test
    void manyMessagesAreAnsweredOneByOne() {
        String good = "{\"accountId\":\"%s\",\"to\":\"+40722000111\",\"message\":\"Hi\"%s}";
        String items = String.join(",", good.formatted(SHOP, ""), good.formatted(SHOP, ",\"idempotencyKey\":\"bulk\""),
                good.formatted(SHOP, ",\"idempotencyKey\":\"bulk\""),
                good.formatted(SHOP, ",\"idempotencyKey\":\"no good\""), good.formatted("nobody", ""),
                good.formatted(SHOP + "\\n", ""),
                "{\"accountId\":\"%s\",\"message\":\"Hi\"}".formatted(SHOP), "17",
                good.formatted(SHOP, ",\"sendAt\":\"never\""),
                "{\"accountId\":\"%s\",\"to\":\"+40722000111\",\"content\":{\"type\":\"location\",\"latitude\":44.4,\"longitude\":26.1}}"
                        .formatted(SHOP),
                "{\"accountId\":\"%s\",\"to\":\"+40722000111\",\"content\":{\"type\":\"nothing\"}}".formatted(SHOP),
                "{\"accountId\":\"%s\",\"to\":\"x\",\"message\":\"\"}"
                        .formatted(SHOP));
        Got got = gateway.post("/api/whatsapp/send-messages", "{\"messages\":[" + items + "]}");
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.at("/results").findValuesAsString("httpStatus")).containsExactly("202", "202", "202", "400",
                "404", "400",
                "400", "400", "400", "202", "400", "400");
        assertThat(got.at("/accepted").asInt()).isEqualTo(4);
        assertThat(got.at("/results/2/duplicate").asBoolean()).isTrue();
        assertThat(got.at("/results/2/messageId")).isEqualTo(got.at("/results/1/messageId"));
        assertThat(got.at("/results/6/error").asString()).isEqualTo("to: is missing");
    }

    @Test
    void aDuplicateOfWhatFailedIsToldOfButNotAccepted() {
        fleet.messagesEndAs(MessageStatus.FAILED);
        Got first = gateway.post(SEND, body(SHOP, ""), "Idempotency-Key", "failed");
        assertThat(first.at("/status").asString()).isEqualTo("failed");
        Got again = gateway.post(SEND, body(SHOP, ""), "Idempotency-Key", "failed", "Prefer", ASYNC);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.at("/success").asBoolean()).isFalse();
        assertThat(again.at("/reason").asString()).isEqualTo("not on WhatsApp");
        Got bulk = gateway.post("/api/whatsapp/send-messages", "{\"messages\":["
                + body(SHOP, ",\"idempotencyKey\":\"failed\"") + "," + body(SHOP, "") + "]}");
        assertThat(bulk.at("/results").findValuesAsString("httpStatus")).containsExactly("200", "202");
        assertThat(bulk.at("/accepted").asInt()).isEqualTo(1);
        assertThat(bulk.at("/refused").asInt()).isEqualTo(1);
        assertThat(bulk.at("/results/0/messageId")).isEqualTo(first.at("/messageId"));
    }

    @Test
    void aRepetitionAfterItsTimeIsOverIsNoMistake() {
        String past = ",\"expiresAt\":\"2020-01-01T00:00:00Z\"";
        assertThat(gateway.post(SEND, body(SHOP, past), "Idempotency-Key", "late", "Prefer", ASYNC).status())
                .isEqualTo(202);
        assertThat(gateway.post(SEND, body(SHOP, past), "Prefer", ASYNC).status()).isEqualTo(400);
    }

    @Test
    void aThousandMessagesMayBeLargerThanOtherRequestsAndNoMoreAreTaken() {
        String item = "{\"accountId\":\"%s\",\"to\":\"+40722000111\",\"message\":\"%s\"}".formatted(MANY,
                "x".repeat(2_000));
        Got got = gateway.post("/api/whatsapp/send-messages",
                "{\"messages\":[" + String.join(",", java.util.Collections.nCopies(1000, item)) + "]}");
        assertThat(got.status()).as(got.text().substring(0, Math.min(300, got.text().length()))).isEqualTo(200);
        assertThat(got.at("/results").size()).isEqualTo(1000);
        assertThat(got.at("/accepted").asInt() + got.at("/refused").asInt()).isEqualTo(1000);
        Got tooMany = gateway.post("/api/whatsapp/send-messages",
                "{\"messages\":[" + String.join(",", java.util.Collections.nCopies(1001, "1")) + "]}");
        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(tooMany.at("/error").asString()).contains("messages: must have at most 1000");
        assertThat(gateway.post("/api/whatsapp/send-messages", "{\"messages\":[]}").status()).isEqualTo(400);
    }

    private static List<String> listed(String path) {
        return gateway.get(path).at("/messages").findValuesAsString("messageId");
    }

    private static void tell(MessageStatusRecord record) {
        fleet.write(Topic.MESSAGE_STATUS, new AccountPartitions(PARTITIONS).of(record.account()), record.key(), record);
    }

    private static String path(String id, String what) {
        return "/api/whatsapp/messages/" + id + "/" + what;
    }

    private static String body(AccountId account, String more) {
        return "{\"accountId\":\"%s\",\"to\":\"+40722000111\",\"message\":\"Hi\"%s}".formatted(account, more);
    }
}
