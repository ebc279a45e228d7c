package io.wafleet.gateway;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.Topic;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.gateway.GatewayUnderTest.Got;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.settings.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the fleet view and the metrics say of partitions that nobody owns, and of what waits there. */
@ExtendWith(BrokerExtension.class)
final class OrphansIT {
    private static final int PARTITIONS = 2;
    private static final AccountPartitions PLACES = new AccountPartitions(PARTITIONS);
    private static final AccountId SHOP = new AccountId("account_prod_shop");
    private static final Duration LONG = Duration.ofSeconds(20);

    private static void account(FakeFleet fleet, AccountStatus status) {
        fleet.account(on(PLACES.of(SHOP), status.wire()), "+40712345678", null, status);
    }

    /** An account of that partition. */
    private static AccountId on(int partition, String name) {
        for (int i = 0;; i++) {
            AccountId account = new AccountId("account_prod_" + name + "_" + i);
            if (PLACES.of(account) == partition) {
                return account;
            }
        }
    }

    private static void message(FakeFleet fleet, String id, MessageStatus status) {
        MessageStatusRecord record = new MessageStatusRecord(SHOP, new MessageId(id),
                new Chat("40722000111@s.whatsapp.net"), status, 0, null, Instant.now(), Instant.now(), null, null,
                null, null);
        fleet.write(Topic.MESSAGE_STATUS, PLACES.of(SHOP), record.key(), record);
    }

    private static JsonNode partition(Got fleet, int partition) {
        return fleet.at("/partitions/withoutOwner").valueStream()
                .filter(p -> p.at("/partition").asInt() == partition).findFirst().orElseThrow();
    }

    private static double metric(GatewayUnderTest gateway, String name) {
        return gateway.metrics().get("wafleet.gateway." + name).gauge().value();
    }

    private static void assertFigures(GatewayUnderTest gateway, int partitions, int accounts, int messages,
            int dispatched) {
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            Got fleet = gateway.get("/api/fleet");
            assertThat(fleet.at("/partitions/withoutOwner").size()).isEqualTo(partitions);
            assertThat(fleet.at("/accounts/waitingForOwner").asInt()).isEqualTo(accounts);
            assertThat(fleet.at("/messages/waitingForOwner").asInt()).isEqualTo(messages);
            assertThat(fleet.at("/messages/dispatchedWithoutOwner").asInt()).isEqualTo(dispatched);
            assertThat(fleet.at("/messages/allCounted").asBoolean()).isTrue();
            assertThat(metric(gateway, "partitions.without.owner")).isEqualTo(partitions);
            assertThat(metric(gateway, "accounts.without.owner")).isEqualTo(accounts);
            assertThat(metric(gateway, "messages.waiting.without.owner")).isEqualTo(messages);
            assertThat(metric(gateway, "dispatches.without.owner")).isEqualTo(dispatched);
            assertThat(gateway.get("/health").at("/status").asString()).isEqualTo(partitions == 0 ? "ok" : "degraded");
        });
    }

    @Test
    void showWhatWaitsForAnOwner(TestBroker broker) {
        KafkaSettings kafka = broker.freshSettings(PARTITIONS);
        try (FakeFleet fleet = new FakeFleet(kafka).claimAll()) {
            for (AccountStatus status : AccountStatus.values()) {
                account(fleet, status);
            }
            message(fleet, "3EB0000000000000000001", MessageStatus.QUEUED);
            message(fleet, "3EB0000000000000000002", MessageStatus.DISPATCHED);
            message(fleet, "3EB0000000000000000003", MessageStatus.QUEUED);
            message(fleet, "3EB0000000000000000003", MessageStatus.SENT);
            try (GatewayUnderTest gateway = GatewayUnderTest.start(kafka, Map.of())) {
                assertFigures(gateway, 0, 0, 0, 0);

                Instant before = Instant.now();
                fleet.die();
                // connecting, qr_ready, pairing_code_ready, connected, reconnecting; the others wait for a person.
                assertFigures(gateway, PARTITIONS, 5, 2, 1);
                Got seen = gateway.get("/api/fleet");
                JsonNode full = partition(seen, PLACES.of(SHOP));
                assertThat(full.at("/accounts").asInt()).isEqualTo(5);
                assertThat(full.at("/messages").asInt()).isEqualTo(2);
                assertThat(full.at("/dispatched").asInt()).isEqualTo(1);
                assertThat(Instant.parse(full.at("/since").asString())).isBetween(before, Instant.now());
                JsonNode empty = partition(seen, 1 - PLACES.of(SHOP));
                assertThat(empty.at("/accounts").asInt() + empty.at("/messages").asInt()).isZero();

                message(fleet, "3EB0000000000000000004", MessageStatus.QUEUED);
                message(fleet, "3EB0000000000000000002", MessageStatus.EXPIRED);
                assertFigures(gateway, PARTITIONS, 5, 2, 0);
                try (GatewayUnderTest another = GatewayUnderTest.start(kafka, Map.of())) {
                    assertFigures(another, PARTITIONS, 5, 2, 0);
                }

                fleet.claimAll();
                assertFigures(gateway, 0, 0, 0, 0);
            }
        }
    }
}
