package io.wafleet.gateway;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Command;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.gateway.GatewayUnderTest.Got;
import io.wafleet.settings.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** What the gateway does while nobody owns an account's partition. */
@ExtendWith(BrokerExtension.class)
final class OwnerIT {
    private static final String SHOP = "account_prod_shop";
    private static final String MESSAGE = "{\"accountId\":\"" + SHOP + "\",\"to\":\"0722000111\",\"message\":\"x\"}";
    private static final String PASSIVE = "{\"success\":false,"
            + "\"error\":\"PASSIVE mode: another instance holds lock; retry shortly\",\"mode\":\"passive\"}";

    private static void awaitOwnerLost(GatewayUnderTest gateway) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(20)).until(
                () -> gateway.get("/api/whatsapp/accounts/" + SHOP).at("/account/reason").asString("")
                        .equals("owner_lost"));
    }

    /** Every way to order something of an account's owner. */
    private static List<Got> orders(GatewayUnderTest gateway) {
        return List.of(gateway.post("/api/whatsapp/add-account", "{\"phone\":\"+40712345678\"}"),
                gateway.post("/api/whatsapp/regenerate-qr/" + SHOP, null),
                gateway.post("/api/whatsapp/regenerate-qr/" + SHOP + "?force=true", null),
                gateway.post("/api/whatsapp/pairing-code/" + SHOP, null),
                gateway.post("/api/whatsapp/disconnect/" + SHOP, null),
                gateway.post("/api/whatsapp/reconnect/" + SHOP, null),
                gateway.send("PATCH", "/api/whatsapp/accounts/" + SHOP + "/name", "{\"name\":\"x\"}"),
                gateway.send("DELETE", "/api/whatsapp/accounts/" + SHOP, null));
    }

    private static void assertPassive(Got refused) {
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text()).isEqualTo(PASSIVE);
        assertThat(refused.header("retry-after")).isEqualTo("2");
        assertThat(refused.header("x-request-id")).isNotEmpty();
    }

    @Test
    void saysPassiveWhenTheOwnerChangedBeforeItReadTheOrder(TestBroker broker) {
        KafkaSettings kafka = broker.freshSettings(1);
        try (FakeFleet fleet = new FakeFleet(kafka).claimAll();
                GatewayUnderTest gateway = GatewayUnderTest.start(kafka, Map.of()).awaitOwners()) {
            fleet.account(new AccountId(SHOP), "+40712345678", "Shop", AccountStatus.CONNECTED);
            gateway.awaitStatus(SHOP, "connected");
            fleet.answersCommands(c -> Optional.of(FakeFleet.ownerChanged(c)));
            assertThat(orders(gateway)).allSatisfy(OwnerIT::assertPassive);
            assertThat(fleet.commands()).hasSize(8).allMatch(c -> c.epoch().equals(fleet.epoch()));
            assertThat(fleet.commands()).as("every order there is was asked for").<Class<?>>extracting(Object::getClass)
                    .contains(Command.AccountCommand.class.getPermittedSubclasses());
        }
    }

    @Test
    void refusesOrdersWithoutOwnerButKeepsAsyncMessagesAndReads(TestBroker broker) {
        KafkaSettings kafka = broker.freshSettings(2);
        try (FakeFleet fleet = new FakeFleet(kafka).claimAll()) {
            fleet.account(new AccountId(SHOP), "+40712345678", "Shop", AccountStatus.CONNECTED);
            try (GatewayUnderTest gateway = GatewayUnderTest.start(kafka, Map.of()).awaitOwners()) {
                gateway.awaitStatus(SHOP, "connected");
                fleet.die();
                awaitOwnerLost(gateway);

                assertPassive(gateway.post("/api/whatsapp/send-message", MESSAGE));
                assertPassive(gateway.post("/api/whatsapp/send-message", MESSAGE, "Idempotency-Key", "k1"));
                assertThat(orders(gateway)).allSatisfy(OwnerIT::assertPassive);
                assertThat(fleet.sends()).isEmpty();
                assertThat(fleet.commands()).isEmpty();

                Got account = gateway.get("/api/whatsapp/accounts/" + SHOP);
                assertThat(account.at("/account/status").asString()).isEqualTo("reconnecting");
                assertThat(account.at("/account/owner").isNull()).isTrue();
                assertThat(gateway.get("/api/whatsapp/accounts").status()).isEqualTo(200);
                assertThat(gateway.get("/api/whatsapp/qr/" + SHOP).text()).contains("Reconnecting");
                assertThat(gateway.get("/health").at("/status").asString()).isEqualTo("degraded");
                assertThat(gateway.get("/api/fleet").at("/accounts/waiting/0").asString()).isEqualTo(SHOP);

                assertThat(gateway.post("/api/whatsapp/send-message", MESSAGE, "Prefer", "respond-async").status())
                        .isEqualTo(202);
                assertThat(gateway.post("/api/whatsapp/send-message", MESSAGE, "Prefer", "respond-async",
                        "Idempotency-Key", "k2").status()).isEqualTo(202);
                // Only messages have an outbox to wait in.
                assertPassive(gateway.post("/api/whatsapp/disconnect/" + SHOP, null, "Prefer", "respond-async"));
                assertThat(fleet.commands()).isEmpty();

                fleet.claimAll();
                gateway.awaitOwners();
                // Claimed anew, but the new owner has not told the account yet.
                assertThat(gateway.get("/api/whatsapp/accounts/" + SHOP).at("/account/status").asString())
                        .isEqualTo("reconnecting");
                fleet.account(new AccountId(SHOP), "+40712345678", "Shop", AccountStatus.CONNECTED);
                gateway.awaitStatus(SHOP, "connected");
                assertThat(gateway.post("/api/whatsapp/send-message", MESSAGE).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void neverTakesAReplayedHeartbeatForASignOfLife(TestBroker broker) {
        KafkaSettings kafka = broker.freshSettings(1);
        try (FakeFleet fleet = new FakeFleet(kafka).claimAll()) {
            fleet.account(new AccountId(SHOP), "+40712345678", "Shop", AccountStatus.CONNECTED);
            GatewayUnderTest.start(kafka, Map.of()).awaitOwners().close();
            fleet.die();
            try (GatewayUnderTest late = GatewayUnderTest.start(kafka, Map.of())) {
                Got seen = late.get("/api/fleet");
                assertThat(seen.at("/workers/0/alive").asBoolean()).isFalse();
                assertThat(seen.at("/workers/0/heartbeatAgeMs").isNull()).isTrue();
                assertThat(late.post("/api/whatsapp/send-message", MESSAGE).text()).isEqualTo(PASSIVE);
                assertThat(late.get("/api/whatsapp/accounts/" + SHOP).at("/account/reason").asString())
                        .isEqualTo("owner_lost");
            }
        }
    }
}
