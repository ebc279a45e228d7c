package io.wafleet.gateway;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.OwnBroker;
import io.wafleet.embedded.TestBroker;
import io.wafleet.gateway.GatewayUnderTest.Got;
import io.wafleet.health.Health;
import io.wafleet.health.Metrics;
import io.wafleet.health.PortBusyException;
import io.wafleet.kafka.TopicMismatchException;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the gateway does while Kafka is away, and when it cannot start. */
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(BrokerExtension.class)
@OwnBroker
final class BrokerLossIT {
    private static final String MESSAGE = "{\"accountId\":\"shop\",\"to\":\"0722000111\",\"message\":\"x\"}";

    /** A second may be too short for Kafka on a busy machine: then the next one. */
    private static void awaitAccepted(GatewayUnderTest gateway) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200)).until(
                () -> gateway.post("/api/whatsapp/send-message", MESSAGE).status() == 200);
    }

    @Test
    void saysWhatBecameOfAMessageAndWorksAgainAfterwards(TestBroker broker) {
        KafkaSettings kafka = broker.freshSettings(1);
        try (FakeFleet fleet = new FakeFleet(kafka).claimAll()) {
            fleet.account(new AccountId("shop"), "+40712345678", "Shop", AccountStatus.CONNECTED);
            try (GatewayUnderTest gateway = GatewayUnderTest.start(kafka,
                    Map.of("produce.timeout", "1s", "send.wait", "1s")).awaitOwners()) {
                awaitAccepted(gateway);
                broker.stop();
                Got lost = gateway.post("/api/whatsapp/send-message", MESSAGE, "Prefer", "respond-async");
                assertThat(lost.status()).isEqualTo(503);
                // A client that has seen its last broker leave forgets the topics, and writes nothing; before that, it cannot know.
                if (lost.at("/code").asString().equals("kafka_unavailable")) {
                    assertThat(lost.at("/error").asString()).contains("nothing was changed");
                } else {
                    assertThat(lost.at("/code").asString()).isEqualTo("kafka_unconfirmed");
                    assertThat(lost.at("/messageId").asString()).startsWith("3EB0");
                    assertThat(lost.at("/error").asString()).contains("may have been accepted");
                }
                assertThat(gateway.get("/api/whatsapp/accounts").status()).isEqualTo(200);

                broker.start();
                awaitAccepted(gateway);
            }
        }
    }

    @Test
    void doesNotStartOnABusyPortOrWithoutTopics(TestBroker broker) {
        KafkaSettings kafka = broker.freshSettings(1);
        try (GatewayUnderTest gateway = GatewayUnderTest.start(kafka, Map.of())) {
            Settings taken = Settings.of(Map.of("http.port", Integer.toString(gateway.port()), "kafka.bootstrap",
                    kafka.bootstrapServers(), "topic.prefix", kafka.topicPrefix(), "partitions", "1"));
            assertThatThrownBy(
                    () -> GatewayRole.start(GatewaySettings.from(taken), Metrics.registry(), new Health()))
                    .isInstanceOf(PortBusyException.class);
        }
        Settings none = Settings.of(Map.of("http.port", "0", "kafka.bootstrap", kafka.bootstrapServers(),
                "topic.prefix", broker.settingsWithoutTopics(1).topicPrefix(), "partitions", "1"));
        assertThatThrownBy(() -> GatewayRole.start(GatewaySettings.from(none), Metrics.registry(), new Health()))
                .isInstanceOf(TopicMismatchException.class);
    }
}
