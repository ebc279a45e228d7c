package io.wafleet.gateway;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.conversations.sqlite.SqliteConversationStore;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.gateway.GatewayUnderTest.Got;
import io.wafleet.settings.KafkaSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static io.wafleet.gateway.ConversationSamples.ANA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The store of conversations is missing, locked or broken: reads of it say so, and nothing else suffers. */
@ExtendWith(BrokerExtension.class)
final class StoreAwayIT {
    private static final String THREADS = "/api/whatsapp/threads/shop";

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("conversations.db");
    }

    private GatewayUnderTest start(KafkaSettings kafka, String readWait) {
        return GatewayUnderTest.start(kafka, Map.of("store.sqlite.file", file().toString(), "read.wait", readWait));
    }

    private void fill() {
        try (SqliteConversationStore store = SqliteConversationStore.open(file())) {
            store.apply(List.of(new ConversationSamples(new AccountId("shop")).text(ANA, "M1", 1, "hello")));
        }
    }

    private static void assertRefused(Got got, String code) {
        assertThat(got.status()).as(got.text()).isEqualTo(503);
        assertThat(got.at("/code").asString()).isEqualTo(code);
        assertThat(got.text()).doesNotContain(".db", "sqlite", "mode");
    }

    private static void assertTheRestWorks(GatewayUnderTest gateway) {
        assertThat(gateway.get("/readyz").status()).isEqualTo(200);
        assertThat(gateway.get("/health").status()).isEqualTo(200);
        assertThat(gateway.get("/api/whatsapp/accounts").status()).isEqualTo(200);
    }

    @Test
    void aStoreThatIsNotThereYetIsReadAsSoonAsItIs(TestBroker broker) {
        try (GatewayUnderTest gateway = start(broker.freshSettings(2), "6s")) {
            for (String path : List.of(THREADS, "/api/whatsapp/messages/shop/0712345678",
                    "/api/whatsapp/messages?accountId=shop", "/api/whatsapp/search/shop?q=x")) {
                Got got = gateway.get(path);
                assertRefused(got, "store_missing");
                assertThat(got.header("retry-after")).isEqualTo("2");
            }
            assertTheRestWorks(gateway);
            assertThat(gateway.get("/health").at("/conversations").asString()).isEqualTo("store_missing");
            assertThat(file()).as("only read").doesNotExist();
            fill();
            assertThat(gateway.get(THREADS).at("/count").asInt()).isOne();
        }
    }

    @Test
    void aNewAccountHasNoThreads(TestBroker broker) {
        fill();
        KafkaSettings kafka = broker.freshSettings(2);
        try (GatewayUnderTest gateway = start(kafka, "6s"); FakeFleet fleet = new FakeFleet(kafka)) {
            fleet.account(new AccountId("new"), "+40712345678", "New", AccountStatus.CONNECTED);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> gateway.get("/api/whatsapp/threads/new").status() == 200);
            assertThat(gateway.get("/api/whatsapp/threads/new").at("/count").asInt()).isZero();
        }
    }

    @Test
    void aLockedStoreIsGivenUpInTimeAndReadAgainLater(TestBroker broker) throws SQLException {
        fill();
        try (GatewayUnderTest gateway = start(broker.freshSettings(2), "300ms")) {
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                    Statement statement = other.createStatement()) {
                statement.execute("PRAGMA locking_mode = EXCLUSIVE");
                statement.execute("BEGIN EXCLUSIVE");
                for (int i = 0; i < 6; i++) {
                    Got got = gateway.get(THREADS);
                    assertRefused(got, "store_slow");
                    assertThat(got.header("retry-after")).isEqualTo("2");
                }
                assertTheRestWorks(gateway);
                statement.execute("ROLLBACK");
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> gateway.get(THREADS).status() == 200);
        }
    }

    @Test
    void aWriterAtWorkHoldsUpNoReader(TestBroker broker) throws SQLException {
        fill();
        try (GatewayUnderTest gateway = start(broker.freshSettings(2), "6s");
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThat(gateway.get(THREADS).at("/count").asInt()).isOne();
            statement.execute("ROLLBACK");
        }
    }

    @Test
    void aBrokenStoreIsNotToBeAskedAgain(TestBroker broker) throws Exception {
        Files.writeString(file(), "no database at all ".repeat(100));
        try (GatewayUnderTest gateway = start(broker.freshSettings(2), "6s")) {
            Got got = gateway.get(THREADS);
            assertRefused(got, "store_damaged");
            assertThat(got.header("retry-after")).isEmpty();
            assertTheRestWorks(gateway);
        }
    }
}
