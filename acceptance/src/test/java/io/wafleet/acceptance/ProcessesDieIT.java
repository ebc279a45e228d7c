package io.wafleet.acceptance;

import io.wafleet.cli.Main;
import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LinkedAccounts;
import io.wafleet.cli.fleet.ProcessFleet;
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
    private ProcessFleet fleet;

    @BeforeEach
    void startsAFleetThatNoticesDeathWithinASecond() {
        fleet = new ProcessFleet(Distribution.of(Main.class), directory, 8,
                Map.of("WAFLEET_TIMING_PROFILE", "fast"));
        fleet.startAll(http, 2);
    }

    @AfterEach
    void endsIt() {
        fleet.close();
        http.close();
    }

    @Test
    void whatWasAcceptedArrivesOnceAndInOrderWhoeverDies() throws InterruptedException {
        LinkedAccounts accounts = LinkedAccounts.link(fleet, http, ACCOUNTS);
        AtomicBoolean over = new AtomicBoolean();
        Map<List<String>, List<String>> accepted = new LinkedHashMap<>();
        Thread client = Thread.ofPlatform().start(() -> send(accounts.all(), accepted, over));

        fleet.process("worker-1").kill();
        accounts.awaitConnected();
        fleet.startWorker("worker-3");

        fleet.process("worker-2").freeze();
        await().atMost(ProcessFleet.PATIENCE).until(() -> accounts.connected() < ACCOUNTS);
        accounts.awaitConnected();
        fleet.process("worker-2").wake();

        fleet.process("outbox").kill();
        fleet.start("outbox", "outbox");
        fleet.process("gateway").kill();
        fleet.start("gateway", "gateway");
        await().atMost(ProcessFleet.PATIENCE).until(() -> http.get(fleet.gateway("/readyz")).status() == 200);
        accounts.awaitConnected();
        over.set(true);
        client.join();

        assertThat(accepted).isNotEmpty();
        accepted.forEach((chat, ids) -> await().atMost(ProcessFleet.PATIENCE)
                .untilAsserted(() -> assertThat(accounts.shown(chat.getFirst(), chat.getLast())).isEqualTo(ids)));
        JsonNode summary = http.get(fleet.simulator("/api/ledger/summary")).json();
        assertThat(summary.path("undecryptable").asInt()).as(summary.toString()).isZero();
        assertThat(summary.path("olderActed").asInt()).as(summary.toString()).isZero();
    }

    /** Repeats each message under its key until it is accepted, as a client should. */
    private void send(List<LinkedAccounts.Account> accounts, Map<List<String>, List<String>> accepted,
            AtomicBoolean over) {
        for (int i = 0; !over.get(); i++) {
            LinkedAccounts.Account account = accounts.get(i % accounts.size());
            String to = "4072200%04d".formatted(i % 3);
            String body = "{\"accountId\":\"%s\",\"to\":\"+%s\",\"message\":\"message %d\"}"
                    .formatted(account.id().value(), to, i);
            Http.Answer answer;
            do {
                answer = http.post(fleet.gateway("/api/whatsapp/send-message"), body, "Prefer", "respond-async",
                        "Idempotency-Key", "key-" + i);
            } while (answer.status() != 202);
            accepted.computeIfAbsent(List.of(account.phone(), to), _ -> new ArrayList<>())
                    .add(answer.json().path("messageId").asString());
        }
    }
}
