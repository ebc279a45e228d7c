package io.wafleet.gateway;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.MessageStatus;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.gateway.GatewayUnderTest.Got;
import io.wafleet.settings.KafkaSettings;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(BrokerExtension.class)
final class ShutdownIT {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void finishesRequestsUnderWayAndTakesNoNewOnes(TestBroker broker) throws Exception {
        KafkaSettings kafka = broker.freshSettings(1);
        try (FakeFleet fleet = new FakeFleet(kafka).claimAll();
                GatewayUnderTest gateway = GatewayUnderTest.start(kafka,
                        Map.of("send.wait", "50s", "shutdown.grace", "60s")).awaitOwners()) {
            fleet.account(new AccountId("shop"), "+40712345678", "Shop", AccountStatus.CONNECTED);
            gateway.awaitStatus("shop", "connected");
            fleet.messagesEndAs(null);
            CompletableFuture<Got> underWay = CompletableFuture.supplyAsync(() -> gateway.post(
                    "/api/whatsapp/send-message",
                    "{\"accountId\":\"shop\",\"to\":\"0722000111\",\"message\":\"x\"}"));
            Awaitility.await().atMost(LONG).until(() -> fleet.sends().size() == 1);

            int port = gateway.port();
            CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway.role()::close);
            Awaitility.await().atMost(LONG).untilAsserted(
                    () -> assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
                            .isInstanceOf(ConnectException.class));
            assertThat(underWay).isNotDone();
            fleet.status(fleet.sends().getFirst(), MessageStatus.SENT);
            assertThat(underWay.get(20, TimeUnit.SECONDS).at("/status").asString()).isEqualTo("sent");
            closed.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void doesNotWaitForConnectionsThatOnlyIdle(TestBroker broker) throws Exception {
        GatewayUnderTest gateway = GatewayUnderTest.start(broker.freshSettings(1), Map.of("shutdown.grace", "20s"));
        assertThat(gateway.get("/livez").status()).isEqualTo(200);
        long startedNanos = System.nanoTime();
        gateway.role().close();
        assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isLessThan(Duration.ofSeconds(10));
        gateway.close();
    }
}
