package io.wafleet.cli.load;

import io.wafleet.kafka.KafkaClients;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The floor of every latency: one record produced, acknowledged and consumed, at the same rate, of about the same size. */
final class BareLine {
    private static final int RECORD_BYTES = 400;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final String topic;

    BareLine(KafkaClients clients) {
        this.clients = clients;
        this.topic = new BareTopics(clients).create("line");
    }

    /** From when each record was due to when it was read. */
    Quantiles measure(int perSecond, Duration time) {
        int count = OpenLoop.count(perSecond, time);
        List<Long> took = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = clients.consumer("bench-line", Map.of());
                Producer<byte[], byte[]> producer = clients.producer("bench-line", Map.of())) {
            new BareTopics(clients).assign(consumer, topic, true);
            OpenLoop loop = new OpenLoop(perSecond);
            Thread writer = Thread.ofPlatform().name("bench-line").daemon().start(() -> loop.run(count, i -> {
                byte[] value = ByteBuffer.allocate(RECORD_BYTES).putLong(loop.due(i)).array();
                var _ = producer.send(new ProducerRecord<>(topic, i % clients.settings().partitions(), null, value));
            }));
            long deadline = System.nanoTime() + time.plus(PATIENCE).toNanos();
            while (took.size() < count && System.nanoTime() - deadline < 0) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    took.add(System.nanoTime() - ByteBuffer.wrap(record.value()).getLong());
                }
            }
            writer.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return Quantiles.ofNanos(took);
    }
}
