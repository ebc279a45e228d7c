package io.wafleet.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Six processes on a real broker: accounts are paired, messages sent by many clients, and a worker is replaced in the middle. */
final class MessagesTravelTheFleetIT {
    private static final int ACCOUNTS = 40;
    private static final int CHATS = 3;
    private static final int MESSAGES = 2000;
    private static final int CLIENTS = 8;

    @TempDir
    private Path directory;
    private final Http http = new Http();
    private Fleet fleet;

    private record Chat(String account, String phone, String to) {}

    @BeforeEach
    void startsSixProcesses() throws IOException {
        fleet = new Fleet(directory, Fleet.freePort(), 16,
                Map.of("WAFLEET_PACING_BURST", "1000", "WAFLEET_PACING_INTERVAL", "1ms",
                        "WAFLEET_SIMULATOR_LEDGER_ENTRIES",
                        "100000", "WAFLEET_OUTBOX_STATE_DIR", directory.resolve("outbox").toString(),
                        "WAFLEET_CREDENTIAL_KEYS_FILE", directory.resolve("keys.json").toString()));
        fleet.start("broker", "broker");
        FleetProcess topics = fleet.run("topics", "topics");
        assertThat(topics.exitCode()).as(topics.output()).isZero();
        FleetProcess keys = fleet.run("keys", "keys");
        Files.writeString(directory.resolve("keys.json"), keys.output());
        fleet.start("simulator", "simulator");
        fleet.start("outbox", "outbox");
        fleet.start("gateway", "gateway");
        fleet.start("worker-1", "worker", "--worker-id", "worker-1");
        fleet.start("worker-2", "worker", "--worker-id", "worker-2");
        await().atMost(Fleet.PATIENCE).pollInterval(Duration.ofMillis(200)).until(this::isOwned);
    }

    @AfterEach
    void endsThem() {
        fleet.close();
        http.close();
    }

    @Test
    void everyMessageArrivesOnceAndInOrderAlthoughAWorkerIsReplaced() throws Exception {
        List<Chat> chats = pair();
        Map<String, List<String>> accepted = new ConcurrentHashMap<>();
        List<String> refused = new CopyOnWriteArrayList<>();
        CountDownLatch half = new CountDownLatch(MESSAGES / 2);
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int client = 0; client < CLIENTS; client++) {
                int mine = client;
                var _ = clients.submit(() -> send(mine, chats, accepted, refused, half));
            }
            assertThat(half.await(120, TimeUnit.SECONDS)).as("half of the messages accepted").isTrue();
            fleet.process("worker-1").terminate();
            fleet.start("worker-3", "worker", "--worker-id", "worker-3");
        }
        assertThat(refused).isEmpty();
        assertThat(accepted.values().stream().mapToInt(List::size).sum()).isEqualTo(MESSAGES);

        awaitAllSent(accepted);
        for (Chat chat : chats) {
            assertThat(received(chat)).as("%s -> %s", chat.account(), chat.to())
                    .isEqualTo(accepted.getOrDefault(key(chat), List.of()));
        }
        JsonNode summary = http.get(fleet.simulator("/api/ledger/summary")).json();
        assertThat(summary.path("olderActed").asInt()).as(summary.toString()).isZero();
        assertThat(summary.path("undecryptable").asInt()).as(summary.toString()).isZero();
    }

    private boolean isOwned() {
        Http.Answer answer = http.get(fleet.gateway("/api/fleet"));
        return answer.status() == 200 && answer.json().path("workers").size() == 2
                && answer.json().path("partitions").path("withoutOwner").isArray()
                && answer.json().path("partitions").path("withoutOwner").isEmpty();
    }

    private List<Chat> pair() {
        Map<String, String> phones = new LinkedHashMap<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            String phone = "407123%05d".formatted(i);
            Http.Answer added = http.post(fleet.gateway("/api/whatsapp/add-account"),
                    "{\"name\":\"Account %d\",\"phone\":\"+%s\"}".formatted(i, phone));
            assertThat(added.status()).as(added.body()).isEqualTo(200);
            phones.put(added.json().path("account").path("id").asString(), phone);
        }
        phones.forEach((account, phone) -> await().atMost(Fleet.PATIENCE).until(() -> http
                .post(fleet.simulator("/api/phones/" + phone + "/scan"), "{\"account\":\"" + account + "\"}")
                .status() == 200));
        await().atMost(Fleet.PATIENCE).until(() -> phones.keySet().stream().allMatch(this::isConnected));
        List<Chat> chats = new ArrayList<>();
        phones.forEach((account, phone) -> {
            for (int c = 0; c < CHATS; c++) {
                chats.add(new Chat(account, phone, "4072200%04d".formatted(c)));
            }
        });
        return chats;
    }

    private boolean isConnected(String account) {
        return http.get(fleet.gateway("/api/whatsapp/accounts/" + account)).json().path("account").path("status")
                .asString().equals("connected");
    }

    /** Each chat belongs to one client, which sends one after the other: so the order accepted is known. */
    private void send(int client, List<Chat> chats, Map<String, List<String>> accepted, List<String> refused,
            CountDownLatch half) {
        int count = MESSAGES / CLIENTS;
        List<Chat> mine = new ArrayList<>();
        for (int i = client; i < chats.size(); i += CLIENTS) {
            mine.add(chats.get(i));
        }
        for (int i = 0; i < count; i++) {
            Chat chat = mine.get(i % mine.size());
            Http.Answer answer = http.post(fleet.gateway("/api/whatsapp/send-message"),
                    "{\"accountId\":\"%s\",\"to\":\"+%s\",\"message\":\"message %d of client %d\"}"
                            .formatted(chat.account(), chat.to(), i, client),
                    "Prefer", "respond-async");
            if (answer.status() == 202) {
                accepted.computeIfAbsent(key(chat), _ -> new ArrayList<>())
                        .add(answer.json().path("messageId").asString());
            } else {
                refused.add(answer.status() + " " + answer.body());
            }
            half.countDown();
        }
    }

    private void awaitAllSent(Map<String, List<String>> accepted) {
        for (List<String> ids : accepted.values()) {
            for (String id : ids) {
                await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(50))
                        .until(() -> List.of("sent", "delivered", "read").contains(status(id)));
            }
        }
    }

    private String status(String message) {
        return http.get(fleet.gateway("/api/whatsapp/messages/" + message + "/status")).json().path("status")
                .asString("");
    }

    private List<String> received(Chat chat) {
        Http.Answer answer = http.get(fleet
                .simulator("/api/ledger/messages?limit=1000&phone=" + chat.phone() + "&chat=" + chat.to()
                        + "@s.whatsapp.net"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        answer.json().path("items").forEach(m -> {
            if (m.path("shown").asBoolean(false)) {
                ids.add(m.path("id").asString());
            }
        });
        return ids;
    }

    private static String key(Chat chat) {
        return chat.account() + " " + chat.to();
    }
}
