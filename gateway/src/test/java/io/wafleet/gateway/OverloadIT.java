package io.wafleet.gateway;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Reply.RequestResult;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.gateway.GatewayUnderTest.Got;
import io.wafleet.settings.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An outbox that is behind with its decisions, on a real broker; it is played. */
@ExtendWith(BrokerExtension.class)
final class OverloadIT {
    private static final String MESSAGE = "{\"accountId\":\"shop\",\"to\":\"0722000111\",\"message\":\"x\"";

    @Test
    void anOutboxThatIsBehindIsAskedNoMoreUntilItHasCaughtUp(TestBroker broker) {
        KafkaSettings kafka = broker.freshSettings(1);
        try (FakeFleet fleet = new FakeFleet(kafka).claimAll()) {
            fleet.account(new AccountId("shop"), "+40712345678", "Shop", AccountStatus.CONNECTED);
            try (GatewayUnderTest gateway = GatewayUnderTest.start(kafka, Map.of("send.wait", "2s")).awaitOwners()) {
                gateway.awaitStatus("shop", "connected");
                fleet.decides(false);
                Got late = gateway.post("/api/whatsapp/send-messages", many(40));
                assertThat(late.at("/accepted").asInt()).isZero();
                await().atMost(Duration.ofSeconds(30)).until(() -> fleet.sends().size() == 40);

                Got refused = keyed(gateway);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.at("/code").asString()).isEqualTo("busy");
                assertThat(refused.header("Retry-After")).isNotEmpty();

                fleet.decides(true);
                fleet.reply(FakeFleet.decided(fleet.sends().getLast(), RequestResult.ACCEPTED, null));
                await().atMost(Duration.ofSeconds(30)).until(() -> keyed(gateway).status() == 202);
                assertThat(fleet.sends()).as("those of the refused were not written").hasSize(41);
            }
        }
    }

    private static Got keyed(GatewayUnderTest gateway) {
        return gateway.post("/api/whatsapp/send-message", MESSAGE + "}", "Idempotency-Key", "key", "Prefer",
                "respond-async");
    }

    private static String many(int count) {
        return IntStream.range(0, count).mapToObj(i -> MESSAGE + ",\"idempotencyKey\":\"k" + i + "\"}")
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
    }
}
