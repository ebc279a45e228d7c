package io.wafleet.acceptance;

import io.wafleet.cli.Main;
import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LinkedAccounts;
import io.wafleet.cli.fleet.ProcessFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
    private ProcessFleet fleet;

    private record Chat(String account, String phone, String to) {}

    @BeforeEach
    void startsSixProcesses() {
        fleet = new ProcessFleet(Distribution.of(Main.class), directory, 16,
                Map.of("WAFLEET_SIMULATOR_LEDGER_ENTRIES", "100000"));
        fleet.startAll(http, 2);
    }

    @AfterEach
    void endsThem() {
        fleet.close();
        http.close();
    }

    @Test
    void everyMessageArrivesOnceAndInOrderAlthoughAWorkerIsReplaced() throws Exception {
        LinkedAccounts accounts = LinkedAccounts.link(fleet, http, ACCOUNTS);
        List<Chat> chats = chats(accounts);
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
            fleet.startWorker("worker-3");
        }
        assertThat(refused).isEmpty();
        assertThat(accepted.values().stream().mapToInt(List::size).sum()).isEqualTo(MESSAGES);

        awaitAllSent(accepted);
        for (Chat chat : chats) {
            assertThat(accounts.shown(chat.phone(), chat.to())).as("%s -> %s", chat.account(), chat.to())
                    .isEqualTo(accepted.getOrDefault(key(chat), List.of()));
        }
        JsonNode summary = http.get(fleet.simulator("/api/ledger/summary")).json();
        assertThat(summary.path("olderActed").asInt()).as(summary.toString()).isZero();
        assertThat(summary.path("undecryptable").asInt()).as(summary.toString()).isZero();
    }

    private static List<Chat> chats(LinkedAccounts accounts) {
        List<Chat> chats = new ArrayList<>();
        accounts.all().forEach(account -> {
            for (int c = 0; c < CHATS; c++) {
                chats.add(new Chat(account.id().value(), account.phone(), "4072200%04d".formatted(c)));
            }
        });
        return chats;
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
                await().atMost(Duration.ofSeconds(90)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50))
                        .until(() -> List.of("sent", "delivered", "read").contains(status(id)));
            }
        }
    }

    private String status(String message) {
        return http.get(fleet.gateway("/api/whatsapp/messages/" + message + "/status")).json().path("status")
                .asString("");
    }

    private static String key(Chat chat) {
        return chat.account() + " " + chat.to();
    }
}
