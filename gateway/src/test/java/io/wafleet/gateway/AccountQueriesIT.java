package io.wafleet.gateway;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Command;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.gateway.GatewayUnderTest.Got;
import io.wafleet.settings.KafkaSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** Which account a phone is, what accounts wait for, and what is done for all of them at once. */
@ExtendWith(BrokerExtension.class)
final class AccountQueriesIT {
    private static final String HASH = "cd7b11e308a59fd9ab810bce5faf8393";
    private static final List<String> NOTATIONS = List.of("0712345678", "+40712345678", "40712345678",
            "(407) 123-456-78", "0712-345-678", "+40 712 345 678", "tel:+40712345678", "0040 712 345 678");

    private FakeFleet fleet;
    private GatewayUnderTest gateway;

    @BeforeEach
    void start(TestBroker broker) {
        KafkaSettings kafka = broker.freshSettings(4);
        fleet = new FakeFleet(kafka).claimAll();
        gateway = GatewayUnderTest.start(kafka, Map.of("command.wait", "20s")).awaitOwners();
    }

    @AfterEach
    void stop() {
        gateway.close();
        fleet.close();
    }

    @Test
    void eightNotationsOfOneNumberAtOnceAreOneAccount() throws Exception {
        Set<String> ids = new HashSet<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(NOTATIONS.size())) {
            List<Future<Got>> answers = NOTATIONS.stream().map(phone -> clients.submit(() -> add(phone))).toList();
            for (Future<Got> answer : answers) {
                assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(200);
                ids.add(answer.get().at("/account/id").asString());
            }
        }
        assertThat(ids).containsExactly("account_prod_" + HASH);
        assertThat(fleet.commands()).extracting(c -> c.account().value()).containsOnly("account_prod_" + HASH);
        gateway.awaitStatus("account_prod_" + HASH, "connecting");
        assertThat(gateway.get("/api/whatsapp/accounts").at("/accounts").size()).isEqualTo(1);
        for (String notation : NOTATIONS) {
            assertThat(found(notation)).as(notation).containsExactly("account_prod_" + HASH);
        }
    }

    @Test
    void accountOfAnOlderReleaseIsFoundByItsPhoneAndKeepsItsId() {
        for (String prefix : List.of("account_production_", "account_development_", "account_dev_")) {
            AccountId legacy = new AccountId(prefix + HASH);
            fleet.account(legacy, "+40712345678", "Old", AccountStatus.NEEDS_QR);
            gateway.awaitStatus(legacy.value(), "needs_qr");
            assertThat(found("0712 345 678")).containsExactly(legacy.value());
            Got added = add("0712345678");
            assertThat(added.at("/account/id").asString()).isEqualTo(legacy.value());
            assertThat(fleet.commands().getLast().account()).isEqualTo(legacy);
        }
        assertThat(gateway.get("/api/whatsapp/accounts/account_prod_" + HASH).status()).isEqualTo(404);
    }

    @Test
    void phoneThatIsNoPossibleNumberIsRefusedAndNeverLookedUp() {
        for (String phone : List.of("abc", "07", "0", "+")) {
            assertThat(lookUp(phone).status()).as(phone).isEqualTo(400);
            assertThat(add(phone).status()).as(phone).isEqualTo(400);
        }
        assertThat(found("+40799999999")).isEmpty();
        assertThat(fleet.commands()).isEmpty();
    }

    @Test
    void listTurnsOwnerLostWithTheLeaseWithoutASuccessor() {
        account("a", AccountStatus.CONNECTED);
        account("b", AccountStatus.NEEDS_QR);
        gateway.awaitStatus("a", "connected");
        gateway.awaitStatus("b", "needs_qr");
        fleet.die();
        org.awaitility.Awaitility.await().until(() -> gateway.get("/api/whatsapp/accounts").at("/accounts/0/reason")
                .asString("").equals("owner_lost"));
        Got list = gateway.get("/api/whatsapp/accounts");
        assertThat(list.at("/accounts/0/status").asString()).isEqualTo("reconnecting");
        assertThat(list.at("/accounts/0/waitingFor").asString()).isEqualTo("owner");
        assertThat(list.at("/accounts/1/status").asString()).isEqualTo("needs_qr");
        assertThat(list.at("/accounts/1/waitingFor").asString()).isEqualTo("person");
        assertThat(gateway.get("/health").at("/connected").asInt()).isZero();
    }

    @Test
    void reconnectAllOrdersOnlyWhatReconnectsByItselfAndLeavesTerminalAndDisconnectedAccountsAlone() {
        AccountStatusRecord told = account("waiting", AccountStatus.RECONNECTING);
        Instant next = Instant.parse("2030-01-01T00:00:00Z");
        fleet.tell(new AccountStatusRecord(told.account(), told.phone(), told.name(), told.desired(), told.status(),
                "unavailable", 503, false, told.worker(), told.epoch(), told.since(), told.updatedAt(), next,
                told.createdAt(), null, null, null));
        account("logged-out", AccountStatus.NEEDS_QR);
        account("put-off", AccountStatus.DISCONNECTED);
        account("fought-over", AccountStatus.CONFLICT);
        account("fine", AccountStatus.CONNECTED);
        gateway.awaitStatus("logged-out", "needs_qr");
        gateway.awaitStatus("put-off", "disconnected");
        gateway.awaitStatus("fine", "connected");
        gateway.awaitStatus("fought-over", "conflict");
        org.awaitility.Awaitility.await().until(() -> gateway.get("/api/whatsapp/accounts/waiting")
                .at("/account/waitingFor").asString("").equals("next_attempt"));
        assertThat(gateway.get("/api/whatsapp/accounts/waiting").at("/account/waitingUntil").asString())
                .isEqualTo(next.toString());

        Got answer = gateway.post("/api/whatsapp/reconnect-all", null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/reconnecting").asInt()).isEqualTo(1);
        assertThat(answer.at("/waitingForPerson").asInt()).isEqualTo(3);
        assertThat(fleet.commands()).singleElement().isInstanceOfSatisfying(Command.ReconnectAccount.class,
                c -> assertThat(c.account().value()).isEqualTo("waiting"));
    }

    private AccountStatusRecord account(String id, AccountStatus status) {
        return fleet.account(new AccountId(id), "+40712345678", id, status);
    }

    private Got add(String phone) {
        return gateway.post("/api/whatsapp/add-account", "{\"phone\":\"" + phone + "\"}");
    }

    private Got lookUp(String phone) {
        return gateway.get("/api/whatsapp/accounts?phone=" + URLEncoder.encode(phone, StandardCharsets.UTF_8));
    }

    private List<String> found(String phone) {
        return lookUp(phone).at("/accounts").findValuesAsString("id");
    }
}
