package io.wafleet.outbox.kafka;

import io.wafleet.contract.Topic;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.settings.KafkaSettings;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** On a real broker: what Streams' own clients would never tell. */
@ExtendWith(BrokerExtension.class)
final class TellingClientsIT {
    @Test
    void tellsOfEveryTransactionThatWasCommittedAndOfNoOther(TestBroker broker) {
        KafkaSettings kafka = broker.settings(1);
        String topic = Topic.OUTBOX.name(kafka.topicPrefix());
        AtomicInteger told = new AtomicInteger();
        try (Producer<byte[], byte[]> producer = new TellingClients(told::incrementAndGet)
                .getProducer(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG, kafka.topicPrefix() + "telling"))) {
            producer.initTransactions();
            for (int i = 0; i < 2; i++) {
                producer.beginTransaction();
                var _ = producer.send(new ProducerRecord<>(topic, 0, null, new byte[1]));
                assertThat(told).hasValue(i);
                producer.commitTransaction();
                assertThat(told).hasValue(i + 1);
            }
            producer.beginTransaction();
            producer.abortTransaction();
            assertThat(told).hasValue(2);
        }
    }
}
