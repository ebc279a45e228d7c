package io.wafleet.acceptance;

import io.wafleet.acceptance.Calls.Got;
import io.wafleet.cli.Main;
import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LinkedAccounts;
import io.wafleet.cli.fleet.Patience;
import io.wafleet.cli.fleet.ProcessFleet;
import io.wafleet.health.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the outbox promises, on a fleet of processes with two gateways: over HTTP, and by the simulated WhatsApp's own books. */
@Execution(ExecutionMode.SAME_THREAD)
final class OutboxPromisesIT {
    private static final int ACCOUNTS = 8;
    private static final int OUTAGE_MESSAGES = Integer.getInteger("wafleet.outage.messages", 1000);
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("wafleet.outage.seconds", 15));
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;
    private static final Http HTTP = new Http();
    private static final Calls CALLS = new Calls();
    private static ProcessFleet fleet;
    private static LinkedAccounts accounts;
    private static int secondPort;

    @BeforeAll
    static void startsAFleetWithTwoGateways() {
        fleet = new ProcessFleet(Distribution.of(Main.class), directory, 16,
                Map.of("WAFLEET_SESSION_TIMEOUT", "4s", "WAFLEET_SESSION_BACKOFF_MAX", "4s",
                        "WAFLEET_OUTBOX_MAX_QUEUED", "6000", "WAFLEET_LOG_LEVEL", "info"));
        fleet.startAll(HTTP, 2);
        secondPort = Ports.free("127.0.0.1");
        fleet.start("gateway-2", "gateway", "--http-port", Integer.toString(secondPort));
        accounts = LinkedAccounts.link(fleet, HTTP, ACCOUNTS);
        await().atMost(LONG).until(() -> HTTP.get(second("/readyz")).status() == 200);
        await().atMost(LONG).until(() -> HTTP.get(second("/api/fleet")).json().path("partitions").path("withoutOwner")
                .isEmpty());
    }

    @AfterAll
    static void endsIt() {
        fleet.close();
        HTTP.close();
        CALLS.close();
    }

    /** A test that fails in the middle of its fault leaves it to no other. */
    @AfterEach
    void clearsFaults() {
        CALLS.call("DELETE", fleet.simulator("/api/faults"), null);
    }

    @Test
    void oneKeyAHundredTimesAtOnceAtTwoGatewaysIsOneMessage() throws Exception {
        LinkedAccounts.Account account = accounts.all().get(0);
        List<Got> answers = atOnce(100, i -> send(i, account, "40722100001", "Hello", "one-key"));
        assertThat(answers).allSatisfy(a -> assertThat(a.status()).as(a.body()).isIn(200, 202));
        Set<String> ids = ids(answers);
        assertThat(ids).hasSize(1);
        awaitShown(account, "40722100001", List.copyOf(ids));
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefusedAndNamesTheMessage() throws Exception {
        LinkedAccounts.Account account = accounts.all().get(0);
        String first = send(0, account, "40722100002", "Hello", "other-body").text("messageId");
        List<Got> answers = atOnce(100,
                i -> send(i, account, "40722100002", i == 57 ? "Good-bye" : "Hello", "other-body"));
        assertThat(answers.get(57).status()).as(answers.get(57).body()).isEqualTo(422);
        assertThat(answers).allSatisfy(a -> assertThat(a.text("messageId")).isEqualTo(first));
        assertThat(answers.stream().filter(a -> a.status() == 422)).hasSize(1);
        awaitShown(account, "40722100002", List.of(first));
    }

    @Test
    void whatIsCancelledIsNeverSentAndNothingOvertakesWhatIsRetriedOverATakeover() {
        LinkedAccounts.Account account = accounts.all().get(1);
        fault("{\"kind\":\"nack\",\"code\":429,\"of\":[\"%s\"]}".formatted(account.phone()));
        String cancelled = accept(account, "40722200001", "never");
        String after = accept(account, "40722200001", "after it");
        List<String> retried = new ArrayList<>(List.of(accept(account, "40722200002", "1"),
                accept(account, "40722200002", "2"), accept(account, "40722200002", "3")));
        await().atMost(LONG).until(() -> attempts(cancelled) >= 1 && attempts(retried.getFirst()) >= 1);

        String owner = account(account).path("owner").asString("");
        long epoch = account(account).path("epoch").asLong();
        fleet.process(owner).kill();
        await().atMost(LONG).until(() -> account(account).path("epoch").asLong() > epoch);
        await().atMost(LONG).until(() -> cancel(cancelled).status() == 200);
        await().atMost(LONG).until(() -> account(account).path("status").asString("").equals("connected"));
        retried.add(accept(account, "40722200002", "4"));
        clearsFaults();
        fleet.startWorker(owner);

        awaitShown(account, "40722200002", retried);
        awaitShown(account, "40722200001", List.of(after));
        assertThat(status(cancelled).path("status").asString()).isEqualTo("cancelled");
        assertThat(status(retried.getFirst()).path("history").size()).isGreaterThan(1);
        assertThat(cancel(cancelled).status()).isEqualTo(200);
        await().atMost(LONG).until(() -> List.of("sent", "delivered", "read")
                .contains(status(after).path("status").asString("")));
        assertThat(cancel(after).status()).isEqualTo(409);
        assertThat(cancel(after).text("code")).isEqualTo("already_final");
    }

    @Test
    void anOutageOfWhatsAppFailsNothingAndEverythingIsSentOnceInOrderAfterIt() {
        List<LinkedAccounts.Account> all = accounts.all().subList(2, ACCOUNTS);
        fault("{\"kind\":\"refuse-logins\",\"code\":503}");
        fault("{\"kind\":\"close\",\"code\":503}");
        Instant began = Instant.now();
        Map<String, List<String>> accepted = new HashMap<>();
        for (int from = 0; from < OUTAGE_MESSAGES; from += 1000) {
            bulk(all, from, Math.min(OUTAGE_MESSAGES, from + 1000), accepted);
        }
        assertThat(accepted.values().stream().mapToInt(List::size).sum()).isEqualTo(OUTAGE_MESSAGES);
        LinkedAccounts.Account some = all.getFirst();
        await().atMost(LONG).until(() -> account(some).path("status").asString("").equals("reconnecting"));
        await().atMost(LONG).until(() -> !CALLS.call("GET",
                fleet.gateway("/api/whatsapp/accounts/" + some.id() + "/queued-messages?limit=1000"), null).json()
                .path("messages").isEmpty());
        Patience.pass(OUTAGE.minus(Duration.between(began, Instant.now())));
        clearsFaults();
        Instant ended = Instant.now();
        for (int i = 0; i < all.size(); i++) {
            for (int chat = 0; chat < 4; chat++) {
                awaitShown(all.get(i), chat(chat), accepted.getOrDefault(all.get(i).phone() + chat, List.of()));
            }
        }
        System.out.printf("outage of %d s: %d messages queued, all sent once and in order %d s after its end%n",
                OUTAGE.toSeconds(), OUTAGE_MESSAGES, Duration.between(ended, Instant.now()).toSeconds());
        JsonNode failed = CALLS.call("GET", fleet.gateway("/api/whatsapp/failed-messages"), null).json();
        assertThat(failed.path("messages")).allSatisfy(m -> assertThat(m.path("to").asString()).contains("4072244"));
    }

    @Test
    void failedMessagesAreListedTriedAgainAndDiscarded() {
        LinkedAccounts.Account account = accounts.all().get(0);
        CALLS.call("PATCH", fleet.simulator("/api/phones/40722440001"), "{\"registered\":false}");
        String one = accept(account, "40722440001", "one");
        String two = accept(account, "40722440001", "two");
        await().atMost(LONG).until(() -> failed(account).containsAll(List.of(one, two)));
        assertThat(status(one).path("reason").asString("")).isNotEmpty();
        assertThat(status(one).path("retryUntil").asString("")).isNotEmpty();
        assertThat(about(two, "discard").status()).isEqualTo(200);
        await().atMost(LONG).until(() -> !failed(account).contains(two));
        assertThat(about(two, "retry").status()).isEqualTo(409);
        CALLS.call("PATCH", fleet.simulator("/api/phones/40722440001"), "{\"registered\":true}");
        assertThat(about(one, "retry").text("status")).isEqualTo("queued");
        awaitShown(account, "40722440001", List.of(one));
        await().atMost(LONG).until(() -> !failed(account).contains(one));
    }

    @Test
    void anAccountsPacingIsKeptByTheOutboxOverItsDeath() {
        LinkedAccounts.Account account = accounts.all().get(0);
        String pacing = fleet.gateway("/api/whatsapp/accounts/" + account.id() + "/pacing");
        assertThat(CALLS.call("GET", pacing, null).json().path("overridden").asBoolean()).isFalse();
        assertThat(CALLS.call("PUT", pacing, "{\"burst\":0,\"intervalMs\":5}").status()).isEqualTo(400);
        Got put = CALLS.call("PUT", pacing, "{\"burst\":7,\"intervalMs\":40}");
        assertThat(put.status()).as(put.body()).isEqualTo(200);
        fleet.process("outbox").kill();
        fleet.start("outbox", "outbox");
        await().atMost(LONG).until(() -> CALLS.call("GET", pacing, null).status() == 200);
        JsonNode kept = CALLS.call("GET", pacing, null).json();
        assertThat(kept.path("burst").asInt()).isEqualTo(7);
        assertThat(kept.path("intervalMs").asInt()).isEqualTo(40);
        assertThat(CALLS.call("DELETE", pacing, null).json().path("overridden").asBoolean()).isFalse();
    }

    private static Got send(int i, LinkedAccounts.Account account, String to, String text, String key) {
        String url = i % 2 == 0 ? fleet.gateway("/api/whatsapp/send-message") : second("/api/whatsapp/send-message");
        String prefer = i % 4 < 2 ? "respond-async" : "wait";
        return CALLS.call("POST", url, body(account, to, text), "Idempotency-Key", key, "Prefer", prefer);
    }

    private static String accept(LinkedAccounts.Account account, String to, String text) {
        Got got = CALLS.call("POST", fleet.gateway("/api/whatsapp/send-message"), body(account, to, text), "Prefer",
                "respond-async");
        assertThat(got.status()).as(got.body()).isEqualTo(202);
        return got.text("messageId");
    }

    private static String body(LinkedAccounts.Account account, String to, String text) {
        return "{\"accountId\":\"%s\",\"to\":\"+%s\",\"message\":\"%s\"}".formatted(account.id(), to, text);
    }

    private static void bulk(List<LinkedAccounts.Account> all, int from, int to,
            Map<String, List<String>> accepted) {
        List<String> items = new ArrayList<>();
        for (int i = from; i < to; i++) {
            items.add(body(all.get(i % all.size()), chat(i % 4), "message " + i));
        }
        Got got = CALLS.call("POST", fleet.gateway("/api/whatsapp/send-messages"),
                "{\"messages\":[" + String.join(",", items) + "]}");
        assertThat(got.status()).as(got.body()).isEqualTo(200);
        assertThat(got.json().path("accepted").asInt()).as(got.body()).isEqualTo(to - from);
        got.json().path("results").forEach(r -> {
            int i = from + r.path("index").asInt();
            accepted.computeIfAbsent(all.get(i % all.size()).phone() + i % 4, _ -> new ArrayList<>())
                    .add(r.path("messageId").asString());
        });
    }

    private static String chat(int number) {
        return "4072230000" + number;
    }

    private static List<String> failed(LinkedAccounts.Account account) {
        List<String> ids = new ArrayList<>();
        CALLS.call("GET", fleet.gateway("/api/whatsapp/failed-messages?accountId=" + account.id()), null).json()
                .path("messages").forEach(m -> ids.add(m.path("messageId").asString()));
        return ids;
    }

    private static Got cancel(String message) {
        return about(message, "cancel");
    }

    private static Got about(String message, String what) {
        return CALLS.call("POST", fleet.gateway("/api/whatsapp/messages/" + message + "/" + what), null);
    }

    private static void fault(String json) {
        assertThat(CALLS.call("POST", fleet.simulator("/api/faults"), json).status()).isBetween(200, 201);
    }

    private static int attempts(String message) {
        return status(message).path("attempts").asInt(0);
    }

    private static JsonNode status(String message) {
        return CALLS.call("GET", fleet.gateway("/api/whatsapp/messages/" + message + "/status"), null).json();
    }

    private static JsonNode account(LinkedAccounts.Account account) {
        return CALLS.call("GET", fleet.gateway("/api/whatsapp/accounts/" + account.id()), null).json().path("account");
    }

    private static void awaitShown(LinkedAccounts.Account account, String to, List<String> ids) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(accounts.shown(account.phone(), to)).hasSize(ids.size()));
        assertThat(accounts.shown(account.phone(), to)).isEqualTo(ids);
    }

    private static Set<String> ids(List<Got> answers) {
        Set<String> ids = new TreeSet<>();
        answers.forEach(a -> ids.add(a.text("messageId")));
        return ids;
    }

    /** What is done so many times at once. */
    @FunctionalInterface
    private interface Numbered {
        @Nullable
        Got call(int number);
    }

    private static List<Got> atOnce(int times, Numbered what) throws Exception {
        List<Got> answers = new ArrayList<>();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Got>> calls = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                calls.add(() -> what.call(number));
            }
            for (Future<Got> answer : people.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private static String second(String path) {
        return "http://127.0.0.1:" + secondPort + path;
    }
}
