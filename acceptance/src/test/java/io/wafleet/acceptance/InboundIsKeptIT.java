package io.wafleet.acceptance;

import io.wafleet.cli.Main;
import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.FleetProcess;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LinkedAccounts;
import io.wafleet.cli.fleet.Patience;
import io.wafleet.cli.fleet.ProcessFleet;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.store.StoreSettings;
import io.wafleet.conversations.store.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Messages arrive for many accounts, a tenth of them again; the projector is killed three times, and the store is locked for a while. Each is
 * stored once, and a rebuild from the topics makes the same documents.
 */
final class InboundIsKeptIT {
    private static final int MESSAGES = Integer.getInteger("wafleet.inbound.messages", 4_000);
    private static final int ACCOUNTS = Integer.getInteger("wafleet.inbound.accounts", 40);
    private static final int PER_SECOND = Integer.getInteger("wafleet.inbound.rate", 250);
    private static final Duration STORE_AWAY = Duration.ofSeconds(Integer.getInteger("wafleet.inbound.away", 7));
    private static final int KILLS = 3;
    private static final int PARTITIONS = 16;
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void eachMessageIsStoredOnceWhoeverDies() throws Exception {
        try (Http http = new Http();
                ProcessFleet fleet = new ProcessFleet(Distribution.of(Main.class), directory, PARTITIONS,
                        Map.of("WAFLEET_SESSION_TIMEOUT", "6s"))) {
            fleet.startAll(http, 2);
            startProjector(fleet, 0);
            LinkedAccounts accounts = LinkedAccounts.link(fleet, http, ACCOUNTS);
            http.post(fleet.simulator("/api/faults"), "{\"kind\":\"redeliver\",\"probability\":0.1}").ok();
            long startNanos = System.nanoTime();
            JsonNode burst = http.post(fleet.simulator("/api/bursts"),
                    "{\"messages\":%d,\"perSecond\":%d}".formatted(MESSAGES, PER_SECOND)).ok();
            for (int kill = 0; kill < KILLS; kill++) {
                awaitMore(fleet);
                fleet.process(projector(kill)).kill();
                startProjector(fleet, kill + 1);
            }
            // At once: while the one before it counts as living, there is work left for this one.
            lockStore(fleet);
            await().atMost(LONG).until(() -> stored(fleet.storeFile()) >= MESSAGES);
            Duration took = Duration.ofNanos(System.nanoTime() - startNanos);

            JsonNode books = awaitedBooks(http, fleet);
            long again = books.path("inboundRedeliveries").asLong();
            assertThat(again).isGreaterThan(MESSAGES / 20);
            assertThat(ids(fleet.storeFile(), accounts)).hasSize(MESSAGES).containsExactlyInAnyOrderElementsOf(
                    IntStream.range(0, MESSAGES)
                            .mapToObj(n -> "%s%012X".formatted(burst.path("idPrefix").asString(), n)).toList());
            System.out.printf("%d messages of %d accounts, %d told again, projector killed %d times, store away for"
                    + " %d s: each stored once, all %.1f s after the first was written (at %d a second)%n", MESSAGES,
                    ACCOUNTS, again, KILLS, STORE_AWAY.toSeconds(), took.toMillis() / 1_000.0, PER_SECOND);
            rebuiltIsTheSame(fleet, accounts);
        }
    }

    private static void startProjector(ProcessFleet fleet, int number) {
        FleetProcess projector = fleet.startProjector(projector(number));
        fleet.await("the projector runs", projector::isRunning);
    }

    private static String projector(int number) {
        return "projector-" + number;
    }

    /** Killed at once after that, it dies in the middle of its work. */
    private void awaitMore(ProcessFleet fleet) {
        long before = stored(fleet.storeFile());
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(
                () -> stored(fleet.storeFile()) >= Math.min(MESSAGES, before + MESSAGES / 20));
    }

    /** Until the projector has said so, for it may be slow to find out. */
    private static void lockStore(ProcessFleet fleet) throws SQLException {
        FleetProcess projector = fleet.process(projector(KILLS));
        try (Connection other = connection(fleet.storeFile()); Statement statement = other.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 20000");
            statement.execute("BEGIN EXCLUSIVE");
            Patience.pass(STORE_AWAY);
            fleet.await("the projector finds the store locked", () -> projector.output().contains("is locked"));
            statement.execute("ROLLBACK");
        }
        assertThat(projector.isAlive()).isTrue();
        assertThat(projector.output()).contains("is locked").contains("trying again");
    }

    private static Connection connection(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static long stored(Path file) {
        try (Connection connection = connection(file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM message")) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode awaitedBooks(Http http, ProcessFleet fleet) {
        fleet.await("every message is acknowledged", () -> http.get(fleet.simulator("/api/ledger/summary")).ok()
                .path("inboundWaiting").asLong() == 0);
        return http.get(fleet.simulator("/api/ledger/summary")).ok();
    }

    /** Of all messages of all accounts, each as often as it is there. */
    private static List<String> ids(Path file, LinkedAccounts accounts) {
        List<String> ids = new ArrayList<>();
        documents(file, accounts).keySet().forEach(path -> {
            int at = path.indexOf("/messages/");
            if (at >= 0) {
                ids.add(path.substring(at + "/messages/".length()));
            }
        });
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        return ids;
    }

    private static Map<String, Map<String, Object>> documents(Path file, LinkedAccounts accounts) {
        Map<String, Map<String, Object>> documents = new TreeMap<>();
        try (ConversationStore store = Stores.open(new StoreSettings(StoreSettings.Kind.SQLITE, file, ""))) {
            accounts.all().forEach(account -> store.export(account.id(),
                    document -> documents.put(document.path(), document.fields())));
        }
        return documents;
    }

    private void rebuiltIsTheSame(ProcessFleet fleet, LinkedAccounts accounts) {
        Path file = directory.resolve("rebuilt.db");
        FleetProcess rebuild = fleet.startIn(Map.of("WAFLEET_STORE_SQLITE_FILE", file.toString()), "rebuild",
                "projector", "--rebuild");
        await().atMost(LONG).until(() -> !rebuild.isAlive());
        assertThat(rebuild.exitCode()).as(rebuild.output()).isZero();
        System.out.println("Rebuild: " + rebuild.output().lines().toList().getLast());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(
                () -> assertThat(documents(file, accounts)).isEqualTo(documents(fleet.storeFile(), accounts)));
    }
}
