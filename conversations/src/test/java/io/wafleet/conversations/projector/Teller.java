package io.wafleet.conversations.projector;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Event;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageContentRecord;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.Topic;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.kafka.DeadLetters;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Writes what owners and the outbox write, and reads what the projector gave up. */
final class Teller implements AutoCloseable {
    private final KafkaClients clients;
    private final AccountPartitions partitions;
    private final Producer<byte[], byte[]> producer;

    Teller(KafkaSettings kafka) {
        clients = new KafkaClients(kafka);
        partitions = new AccountPartitions(kafka.partitions());
        producer = clients.producer("test-teller", Map.of());
    }

    void tell(Event.AccountEvent event) {
        write(Topic.EVENTS, event.account(), event.account().value(), JsonCodec.encode(event));
    }

    void tell(AccountStatusRecord status) {
        write(Topic.ACCOUNT_STATUS, status.account(), status.account().value(), JsonCodec.encode(status));
    }

    void tell(MessageStatusRecord status) {
        write(Topic.MESSAGE_STATUS, status.account(), status.key(), JsonCodec.encode(status));
    }

    void tell(MessageContentRecord content) {
        write(Topic.MESSAGE_STATUS, content.account(), content.key(), JsonCodec.encode(content));
    }

    void write(Topic topic, AccountId account, String key, byte @Nullable [] value) {
        write(topic, partitions.of(account), key, value);
    }

    void write(Topic topic, int partition, String key, byte @Nullable [] value) {
        producer.send(new ProducerRecord<>(topic.name(clients.settings().topicPrefix()), partition,
                key.getBytes(StandardCharsets.UTF_8), value));
    }

    /** Until the broker has all. */
    void flush() {
        producer.flush();
    }

    int partitionOf(AccountId account) {
        return partitions.of(account);
    }

    /** {@code topic: reason} of each dead letter there is, by where it came from, without prefix. */
    List<String> deadLetters() {
        String prefix = clients.settings().topicPrefix();
        List<TopicPartition> all = IntStream.range(0, partitions.count())
                .mapToObj(p -> new TopicPartition(Topic.DEAD_LETTERS.name(prefix), p)).toList();
        List<String> letters = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = clients.consumer("test-letters", Map.of())) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (!all.stream().allMatch(p -> consumer.position(p) >= ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofMillis(100))) {
                    String topic = String.valueOf(DeadLetters.header(letter.headers(), DeadLetters.HEADER_TOPIC));
                    letters.add(topic.substring(prefix.length()) + ": "
                            + DeadLetters.header(letter.headers(), DeadLetters.HEADER_REASON));
                }
            }
        }
        return letters;
    }

    @Override
    public void close() {
        producer.close();
    }
}
