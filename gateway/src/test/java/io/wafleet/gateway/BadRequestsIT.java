package io.wafleet.gateway;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.gateway.GatewayUnderTest.Got;
import io.wafleet.settings.KafkaSettings;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is wrong with a request is said in JSON, by field and rule, with the right status, and never with a stack trace. */
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(BrokerExtension.class)
final class BadRequestsIT {
    private static final String ADD = "/api/whatsapp/add-account";
    private static final String SEND = "/api/whatsapp/send-message";
    private static final String SHOP = "account_prod_shop";

    private static FakeFleet fleet;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start(TestBroker broker) {
        KafkaSettings kafka = broker.freshSettings(2);
        fleet = new FakeFleet(kafka).claimAll();
        fleet.account(new AccountId(SHOP), "+40712345678", "Shop", AccountStatus.CONNECTED);
        fleet.account(new AccountId("account_prod_gone"), "+40712345679", "Gone", AccountStatus.DELETED);
        gateway = GatewayUnderTest.start(kafka, Map.of()).awaitOwners();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        fleet.close();
    }

    /**
     * A request that breaks a rule, and what is said about it.
     *
     * @param error a part of it
     */
    record Bad(String what, String method, String path, @Nullable String body, Map<String, String> headers, int status,
            String code, String error) {
        @Override
        public String toString() {
            return what;
        }

        Bad with(String header, String value) {
            return new Bad(what, method, path, body, Map.of(header, value), status, code, error);
        }
    }

    private static Bad bad(String what, String method, String path, @Nullable String body, int status, String code,
            String error) {
        return new Bad(what, method, path, body, Map.of(), status, code, error);
    }

    private static Bad invalid(String what, String path, String body, String error) {
        return bad(what, "POST", path, body, 400, "invalid_request", error);
    }

    private static String message(String account, String to, String text) {
        return "{\"accountId\":\"" + account + "\",\"to\":\"" + to + "\",\"message\":\"" + text + "\"}";
    }

    private static String content(String json) {
        return "{\"accountId\":\"" + SHOP + "\",\"to\":\"0722000111\",\"content\":" + json + "}";
    }

    static Stream<Bad> badRequests() {
        return Stream.of(bad("no body", "POST", ADD, null, 400, "invalid_request", "body: is missing"),
                bad("empty body", "POST", SEND, "", 400, "invalid_request", "body: is missing"),
                bad("not JSON", "POST", ADD, "phone=+40712345678", 400, "invalid_json", "body: is not JSON"),
                bad("half a JSON", "POST", ADD, "{\"phone\":", 400, "invalid_json", "body: is not JSON"),
                bad("two JSONs", "POST", ADD, "{\"phone\":\"+40712345678\"}{}", 400, "invalid_json", "is not JSON"),
                invalid("JSON null", ADD, "null", "body: "),
                invalid("JSON array", ADD, "[]", "body: must be a JSON object"),
                invalid("JSON text", SEND, "\"hello\"", "body: must be a JSON object"),
                invalid("too many values", ADD, "[" + "{},".repeat(5000) + "{}]",
                        "body: must hold at most 1000 values"),
                bad("nested too deep", "POST", "/api/whatsapp/send-messages", "[".repeat(5000), 400, "invalid_json",
                        "body: is not JSON"),
                invalid("empty object", ADD, "{}", "phone: is missing"),
                invalid("all fields missing", SEND, "{}",
                        "accountId: is missing; to: is missing"),
                invalid("neither message nor content", SEND, "{\"accountId\":\"" + SHOP + "\",\"to\":\"0722000111\"}",
                        "message: is missing; either message or content must be given"),
                invalid("content that is no object", SEND, content("\"image\""), "content: must be a JSON object"),
                invalid("content of an unknown type", SEND, content("{\"type\":\"poll\"}"),
                        "content.type: is not known"),
                invalid("image without url", SEND, content("{\"type\":\"image\"}"), "content.url: is missing"),
                invalid("channel as recipient", SEND, message(SHOP, "120363025246125016@newsletter", "x"),
                        "channels cannot be written to"),
                invalid("numeric phone", ADD, "{\"phone\":40712345678}", "phone: must be a string"),
                invalid("null phone", ADD, "{\"phone\":null}", "phone: must be a string"),
                invalid("object as name", ADD, "{\"phone\":\"+40712345678\",\"name\":{}}", "name: must be a string"),
                invalid("impossible phone", ADD, "{\"phone\":\"12\"}", "phone: must be a possible phone number"),
                invalid("words as phone", ADD, "{\"phone\":\"call me\"}", "phone: must be a possible phone number"),
                invalid("endless phone", ADD, "{\"phone\":\"" + "1".repeat(65) + "\"}",
                        "phone: must have at most 64 characters"),
                invalid("blank name", ADD, "{\"phone\":\"+40712345678\",\"name\":\"  \"}", "name: must not be blank"),
                invalid("endless name", ADD, "{\"phone\":\"+40712345678\",\"name\":\"" + "n".repeat(101) + "\"}",
                        "name: must have at most 100 characters"),
                invalid("unpaired surrogate", ADD, "{\"phone\":\"+40712345678\",\"name\":\"\\ud800\"}",
                        "name: must be text without unpaired surrogates"),
                invalid("garbage recipient", SEND, message(SHOP, "nobody@nowhere", "x"), "to: must be"),
                invalid("impossible recipient", SEND, message(SHOP, "0", "x"), "to: must be"),
                invalid("empty message", SEND, message(SHOP, "0722000111", ""),
                        "message: must have at least 1 character"),
                invalid("endless message", SEND, message(SHOP, "0722000111", "m".repeat(65537)),
                        "message: must have at most 65536 characters"),
                invalid("account id with slash", SEND, message("a/b", "0722000111", "x"),
                        "accountId: has characters that are not allowed"),
                invalid("account id with a line end", SEND, message(SHOP + "\\n", "0722000111", "x"),
                        "accountId: has characters that are not allowed"),
                bad("account in the path with a line end", "GET", "/api/whatsapp/accounts/" + SHOP + "%0A", null, 400,
                        "invalid_request", "id: has characters that are not allowed"),
                bad("message in the path with a line end", "GET", "/api/whatsapp/messages/3EB0%E2%80%A8/status", null,
                        400, "invalid_request", "id: has characters that are not allowed"),
                bad("account in the query with a line end", "POST",
                        "/api/whatsapp/messages/3EB0/cancel?accountId=a%0A", null, 400, "invalid_request",
                        "accountId: has characters that are not allowed"),
                bad("account of a list with a line end", "GET", "/api/whatsapp/failed-messages?accountId=a%C2%85",
                        null, 400, "invalid_request", "accountId: has characters that are not allowed"),
                bad("account of messages with a line end", "GET", "/api/whatsapp/messages?accountId=a%0D", null, 400,
                        "invalid_request", "accountId: has characters that are not allowed"),
                bad("limit with a line end", "GET", "/api/whatsapp/failed-messages?limit=10%0A", null, 400,
                        "invalid_request", "limit: has characters that are not allowed"),
                bad("hash with a line end", "GET", "/api/whatsapp/media/" + SHOP + "/" + "0".repeat(64) + "%0A", null,
                        400, "invalid_request", "sha256: has characters that are not allowed"),
                invalid("one key for many messages", "/api/whatsapp/send-messages", "{\"messages\":["
                        + message(SHOP, "0722000111", "x") + "]}",
                        "Idempotency-Key: must be given as idempotencyKey of each message here")
                        .with("Idempotency-Key", "k"),
                invalid("bad idempotency key", SEND, message(SHOP, "0722000111", "x"),
                        "Idempotency-Key: has characters that are not allowed").with("Idempotency-Key", "a b"),
                bad("unknown account in body", "POST", SEND, message("account_prod_none", "0722000111", "x"), 404,
                        "account_unknown", "Account not found"),
                bad("deleted account in body", "POST", SEND, message("account_prod_gone", "0722000111", "x"), 404,
                        "account_unknown", "Account not found"),
                bad("unknown account", "GET", "/api/whatsapp/accounts/account_prod_none", null, 404,
                        "account_unknown", "Account not found"),
                bad("QR of unknown account", "GET", "/api/whatsapp/qr/none", null, 404, "account_unknown",
                        "Account not found"),
                bad("order for unknown account", "POST", "/api/whatsapp/disconnect/none", null, 404,
                        "account_unknown", "Account not found"),
                bad("account id with odd characters", "GET", "/api/whatsapp/accounts/a%20b", null, 400,
                        "invalid_request", "id: has characters that are not allowed"),
                bad("account id that is no UTF-8", "GET", "/api/whatsapp/accounts/%ff%fe", null, 400,
                        "invalid_request", "id: has characters that are not allowed"),
                bad("force is no boolean", "POST", "/api/whatsapp/regenerate-qr/" + SHOP + "?force=perhaps", null, 400,
                        "invalid_request", "force: must be true or false"),
                bad("unknown message", "GET", "/api/whatsapp/messages/3EB0FFFF/status", null, 404, "message_unknown",
                        "No status is known"),
                bad("unknown path", "GET", "/api/whatsapp/acounts", null, 404, "not_found", "path: "),
                bad("unknown path outside the API", "GET", "/admin.php", null, 404, "not_found", "path: "),
                bad("wrong method", "PUT", ADD, "{}", 405, "method_not_allowed", "method: must be one of POST"),
                bad("wrong method on an account", "POST", "/api/whatsapp/accounts/" + SHOP, null, 405,
                        "method_not_allowed", "method: must be one of DELETE, GET"),
                bad("form instead of JSON", "POST", ADD, "phone=1", 415, "unsupported_media_type", "Content-Type: ")
                        .with("Content-Type", "application/x-www-form-urlencoded"),
                bad("body without type", "POST", ADD, "{}", 415, "unsupported_media_type", "Content-Type: ")
                        .with("Content-Type", ""),
                bad("almost JSON", "POST", ADD, "{}", 415, "unsupported_media_type", "Content-Type: ")
                        .with("Content-Type", "application/jsonp"),
                bad("page of another site", "POST", "/api/whatsapp/disconnect/" + SHOP, null, 403, "cross_origin",
                        "Origin: ").with("Origin", "https://evil.example"),
                bad("2 MB body", "POST", ADD, "{\"phone\":\"" + "1".repeat(2_000_000) + "\"}", 413,
                        "body_too_large", "body: must have at most 1048576 bytes"),
                bad("rename without name", "PATCH", "/api/whatsapp/accounts/" + SHOP + "/name", "{\"nam\":\"x\"}", 400,
                        "invalid_request", "name: is missing"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRequests")
    void isAnsweredByFieldAndRule(Bad bad) {
        String[] headers = bad.headers.entrySet().stream().flatMap(h -> Stream.of(h.getKey(), h.getValue()))
                .toArray(String[]::new);
        Got got = gateway.send(bad.method, bad.path, bad.body, headers);
        assertThat(got.status()).as(got.text()).isEqualTo(bad.status);
        assertThat(got.header("content-type")).isEqualTo("application/json");
        assertThat(got.at("/success").asBoolean()).isFalse();
        assertThat(got.at("/code").asString()).isEqualTo(bad.code);
        assertThat(got.at("/error").asString()).contains(bad.error);
        assertThat(got.at("/requestId").asString()).isNotEmpty().isEqualTo(got.header("x-request-id"));
        assertThat(got.text()).doesNotContain("Exception", "\\tat ", "io.vertx", "java.");
        if (bad.status == 405) {
            assertThat(bad.error).endsWith(got.header("allow"));
        }
    }

    @Test
    void takesJsonInWhateverSpellingOfItsType() {
        for (String type : new String[]{"Application/JSON", "application/json;charset=UTF-8",
            "application/json ; charset=utf-8"}) {
            assertThat(gateway.post(ADD, "{\"phone\":\"+40712345678\"}", "Content-Type", type).status()).isEqualTo(200);
        }
    }

    @Test
    void keepsASaneRequestIdAndReplacesAnother() {
        assertThat(gateway.get("/livez", "X-Request-Id", "abc-1.2_3").header("x-request-id")).isEqualTo("abc-1.2_3");
        assertThat(gateway.get("/livez", "X-Request-Id", "<script>").header("x-request-id")).hasSize(36);
    }
}
