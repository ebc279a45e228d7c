package io.wafleet.gateway.kafka;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.Topic;
import io.wafleet.gateway.desk.Clocks;
import io.wafleet.gateway.view.AccountView;
import io.wafleet.gateway.view.Fleet;
import io.wafleet.gateway.view.OutboxView;
import io.wafleet.gateway.view.OwnershipView;
import io.wafleet.gateway.view.Partitions;
import io.wafleet.gateway.view.QueueLengths;
import io.wafleet.gateway.view.Undecided;
import io.wafleet.gateway.view.UnsentMessages;
import io.wafleet.gateway.view.Waiters;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class KafkaViewsTest {
    /** No broker is there, so the present's beginning is never known. */
    @Test
    void historyIsNotReadBeforeItIsKnownWhereThePresentBegan() {
        KafkaClients clients = new KafkaClients(
                KafkaSettings.from(Settings.of(Map.of("kafka.bootstrap", "127.0.0.1:1", "topic.prefix", "t."))));
        Fleet fleet = new Fleet(new AccountView(), new OwnershipView(0), new Partitions(1, _ -> 0),
                new UnsentMessages(10), new OutboxView(10), new QueueLengths(10), new Undecided(Duration.ofSeconds(2)));
        KafkaViews views = new KafkaViews(clients, "test", fleet, new Waiters<>(1), new Waiters<>(1), new Waiters<>(1),
                new MessageStatuses(10, fleet.outbox()::find), Duration.ofSeconds(10),
                new Clocks(() -> Instant.EPOCH, System::nanoTime), new SimpleMeterRegistry());
        List<String> running = views.start().running();
        views.askToEnd(); // Each tail's consumer waits for its broker still; their threads hold up nobody.
        assertThat(running).contains("gateway-message-status").doesNotContain("gateway-message-status-history");
    }

    @Test
    void aTailThatNobodyStartedIsClosedAtOnce() {
        KafkaClients clients = new KafkaClients(
                KafkaSettings.from(Settings.of(Map.of("kafka.bootstrap", "127.0.0.1:1", "topic.prefix", "t."))));
        TopicTail tail = new TopicTail(clients, "test", TopicTail.Course.untilNow(Topic.MESSAGE_STATUS), (_, _) -> {
        }, System::nanoTime);
        tail.close();
        assertThat(tail.isRunning()).isFalse();
    }
}
