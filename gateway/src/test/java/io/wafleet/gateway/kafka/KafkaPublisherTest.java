package io.wafleet.gateway.kafka;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Topic;
import io.wafleet.gateway.desk.Publisher.Publication;
import io.wafleet.kafka.AccountPartitions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a producer's failures mean; the producer is Kafka's own for tests. */
final class KafkaPublisherTest {
    private static final AccountId ACCOUNT = new AccountId("a");

    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(false, null, new ByteArraySerializer(),
            new ByteArraySerializer());
    private final KafkaPublisher publisher = new KafkaPublisher(producer, "", new AccountPartitions(1),
            Duration.ofSeconds(20), 10);

    @AfterEach
    void close() {
        publisher.close();
    }

    private CompletableFuture<Publication> publish() {
        return publisher.publish(Topic.OUTBOX, ACCOUNT,
                new OutboxRequest.TellPacing(new CommandId("c"), ACCOUNT, Instant.EPOCH)).toCompletableFuture();
    }

    private Publication refusedWith(RuntimeException failure) {
        CompletableFuture<Publication> published = publish();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> producer.errorNext(failure));
        return published.join();
    }

    @Test
    void whatIsTooLargeIsSaidToBeSoWhoeverRefusesIt() {
        assertThat(refusedWith(new RecordTooLargeException("by the broker"))).isEqualTo(Publication.TOO_LARGE);
        producer.sendException = new RecordTooLargeException("by the producer");
        assertThat(publish().join()).isEqualTo(Publication.TOO_LARGE);
    }

    @Test
    void everyOtherFailureAfterTheProducerHasItLeavesItUnconfirmed() {
        assertThat(refusedWith(new NotLeaderOrFollowerException("moved"))).isEqualTo(Publication.UNCONFIRMED);
        producer.sendException = new IllegalStateException("closed");
        assertThat(publish().join()).isEqualTo(Publication.NOT_WRITTEN);
    }
}
