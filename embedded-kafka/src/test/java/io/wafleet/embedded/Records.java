package io.wafleet.embedded;

import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

import static org.awaitility.Awaitility.await;

/** Records on one topic of one partition, written in transactions, for the broker's own tests. */
final class Records {
    private static final TopicPartition PARTITION = new TopicPartition("records", 0);

    private Records() {}

    private static KafkaClients clients(String servers) {
        return new KafkaClients(new KafkaSettings(servers, "", 1, Optional.empty()));
    }

    static void createTopic(String servers) throws InterruptedException, ExecutionException {
        try (Admin admin = clients(servers).admin("test")) {
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1))).all().get();
        }
    }

    static void write(String servers, int count) throws InterruptedException, ExecutionException {
        try (Producer<byte[], byte[]> producer = clients(servers).producer("test",
                Map.of("transactional.id", "records"))) {
            producer.initTransactions();
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = IntStream.range(0, count)
                    .mapToObj(_ -> producer.send(new ProducerRecord<>(PARTITION.topic(), new byte[100]))).toList();
            for (Future<RecordMetadata> future : sent) {
                future.get();
            }
            producer.commitTransaction();
        }
    }

    /** A commit is answered before its markers are written. */
    static void awaitCount(String servers, int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> count(servers) == count);
    }

    /** How many committed records there are. */
    static int count(String servers) {
        try (Consumer<byte[], byte[]> consumer = clients(servers).consumer("test", Map.of())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            int count = 0;
            while (consumer.position(PARTITION) < end) {
                count += consumer.poll(Duration.ofMillis(100)).count();
            }
            return count;
        }
    }
}
