package io.wafleet.acceptance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Processes are killed and frozen while a client goes on sending: nothing accepted is lost, said twice or out of order. */
final class ProcessesDieIT {
    private static final int ACCOUNTS = 12;

    @TempDir
    private Path directory;
    private final Http http = new Http();
    private Fleet fleet;

    @BeforeEach
    void startsAFleetThatNoticesDeathWithinASecond() {
        fleet = new Fleet(directory, Fleet.freePort(), 8, Map.of("WAFLEET_TIMING_PROFILE", "fast"));
        fleet.startAll(http);
    }

    @AfterEach
    void endsIt() {
        fleet.close();
        http.close();
    }

    @Test
    void whatWasAcceptedArrivesOnceAndInOrderWhoeverDies() throws InterruptedException {
        Map<String, String> phones = fleet.pair(http, ACCOUNTS);
        AtomicBoolean over = new AtomicBoolean();
        Map<List<String>, List<String>> accepted = new LinkedHashMap<>();
        Thread client = Thread.ofPlatform().start(() -> send(phones, accepted, over));

        fleet.process("worker-1").kill();
        fleet.awaitAllConnected(http, ACCOUNTS);
        fleet.startWorker("worker-3");

        fleet.process("worker-2").signal("STOP");
        await().atMost(Fleet.PATIENCE).until(() -> fleet.connected(http) < ACCOUNTS);
        fleet.awaitAllConnected(http, ACCOUNTS);
        fleet.process("worker-2").signal("CONT");

        fleet.process("outbox").kill();
        fleet.start("outbox", "outbox");
        fleet.process("gateway").kill();
        fleet.start("gateway", "gateway");
        await().atMost(Fleet.PATIENCE).until(() -> http.get(fleet.gateway("/readyz")).status() == 200);
        fleet.awaitAllConnected(http, ACCOUNTS);
        over.set(true);
        client.join();

        assertThat(accepted).isNotEmpty();
        accepted.forEach((chat, ids) -> await().atMost(Fleet.PATIENCE)
                .untilAsserted(() -> assertThat(fleet.received(http, chat.getFirst(), chat.getLast())).isEqualTo(ids)));
        JsonNode summary = http.get(fleet.simulator("/api/ledger/summary")).json();
        assertThat(summary.path("undecryptable").asInt()).as(summary.toString()).isZero();
        assertThat(summary.path("olderActed").asInt()).as(summary.toString()).isZero();
    }

    /** Repeats each message under its key until it is accepted, as a client should. */
    private void send(Map<String, String> phones, Map<List<String>, List<String>> accepted, AtomicBoolean over) {
        List<String> accounts = List.copyOf(phones.keySet());
        for (int i = 0; !over.get(); i++) {
            String account = accounts.get(i % accounts.size());
            String to = "4072200%04d".formatted(i % 3);
            String body = "{\"accountId\":\"%s\",\"to\":\"+%s\",\"message\":\"message %d\"}".formatted(account, to, i);
            Http.Answer answer;
            do {
                answer = http.post(fleet.gateway("/api/whatsapp/send-message"), body, "Prefer", "respond-async",
                        "Idempotency-Key", "key-" + i);
            } while (answer.status() != 202);
            accepted.computeIfAbsent(List.of(phones.get(account), to), _ -> new ArrayList<>())
                    .add(answer.json().path("messageId").asString());
        }
    }
}
