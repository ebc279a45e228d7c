package io.wafleet.outbox;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageContentRecord;
import io.wafleet.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** All committed records of a topic from its beginning, as they come. A thread of its own reads them. */
final class Tail implements AutoCloseable {
    private final List<ConsumerRecord<byte[], byte[]>> records = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    Tail(KafkaClients clients, String topic, int partitions) {
        List<TopicPartition> all = IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
        thread = Thread.ofPlatform().name("tail-" + topic).start(() -> read(clients, all));
    }

    private void read(KafkaClients clients, List<TopicPartition> partitions) {
        try (Consumer<byte[], byte[]> consumer = clients.consumer("tail", Map.of())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                consumer.poll(Duration.ofMillis(50)).forEach(records::add);
            }
        }
    }

    List<ConsumerRecord<byte[], byte[]>> records() {
        return records;
    }

    /** The values, read as this type; of messages their statuses. */
    <T> Stream<T> values(Class<T> type) {
        return records.stream().filter(r -> !MessageContentRecord.isKey(r.key()))
                .map(r -> JsonCodec.decode(r.value(), type));
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
