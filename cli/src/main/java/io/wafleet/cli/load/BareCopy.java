package io.wafleet.cli.load;

import io.wafleet.cli.fleet.FleetException;
import io.wafleet.kafka.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The floor of every throughput: one thread that reads records of about a message's size, writes each to another topic, and commits both in
 * a transaction as often as the outbox does.
 */
final class BareCopy {
    private static final int RECORD_BYTES = 400;
    /** Few enough to be written before their time runs out, also on a slow machine. */
    private static final int FILLED_AT_ONCE = 10_000;
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration COMMIT = Duration.ofMillis(30);

    private final KafkaClients clients;

    BareCopy(KafkaClients clients) {
        this.clients = clients;
    }

    /** Records a second. */
    double measure(int records) {
        BareTopics topics = new BareTopics(clients);
        String from = topics.create("copy-from");
        String to = topics.create("copy-to");
        fill(from, records);
        Map<String, Object> transactional = Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, from);
        Map<String, Object> grouped = Map.of(ConsumerConfig.GROUP_ID_CONFIG, from);
        try (Consumer<byte[], byte[]> consumer = clients.consumer("bench-copy", grouped);
                Producer<byte[], byte[]> producer = clients.producer("bench-copy", transactional)) {
            producer.initTransactions();
            topics.assign(consumer, from, false);
            long begun = System.nanoTime();
            for (int copied = 0; copied < records;) {
                copied += transaction(consumer, producer, to);
            }
            return records * 1e9 / (System.nanoTime() - begun);
        }
    }

    private void fill(String topic, int records) {
        Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        try (Producer<byte[], byte[]> producer = clients.producer("bench-fill", Map.of())) {
            for (int i = 0; i < records; i++) {
                var _ = producer.send(
                        new ProducerRecord<>(topic, i % clients.settings().partitions(), null, new byte[RECORD_BYTES]),
                        (_, e) -> Optional.ofNullable(e).ifPresent(failures::add));
                if (i % FILLED_AT_ONCE == 0) {
                    producer.flush();
                }
            }
        }
        failures.stream().findFirst().ifPresent(e -> {
            throw new FleetException("the floor's records could not be written: " + e.getMessage());
        });
    }

    private int transaction(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, String to) {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        int copied = 0;
        producer.beginTransaction();
        long end = System.nanoTime() + COMMIT.toNanos();
        do {
            ConsumerRecords<byte[], byte[]> read = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : read) {
                var _ = producer.send(new ProducerRecord<>(to, record.partition(), record.key(), record.value()));
                positions.put(new TopicPartition(record.topic(), record.partition()),
                        new OffsetAndMetadata(record.offset() + 1));
                copied++;
            }
        } while (System.nanoTime() - end < 0);
        producer.sendOffsetsToTransaction(positions, consumer.groupMetadata());
        producer.commitTransaction();
        return copied;
    }
}
