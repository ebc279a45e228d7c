package io.wafleet.cli.load;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageContentRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.Topic;
import io.wafleet.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * When each message's status said for the first time that it was sent, as every reader of the changelog {@code message-status} sees
 * it (committed records only; the gateway is one of them). Reads on a thread of its own; thread-safe.
 */
final class StatusTrail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** What it needs of a record, so that looking on costs the machine little. */
    private record Told(MessageId message, MessageStatus status) {}

    /** Begins at the end of the changelog. */
    StatusTrail(KafkaClients clients) {
        String topic = Topic.MESSAGE_STATUS.name(clients.settings().topicPrefix());
        this.consumer = clients.consumer("bench-status", Map.of());
        List<TopicPartition> all = IntStream.range(0, clients.settings().partitions())
                .mapToObj(p -> new TopicPartition(topic, p)).toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
        this.thread = Thread.ofPlatform().name("bench-status").daemon().start(this::run);
    }

    private void run() {
        try (consumer) {
            while (!closed) {
                consumer.poll(POLL).forEach(this::read);
            }
        } catch (WakeupException _) {
            // Closed.
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || MessageContentRecord.isKey(record.key())) {
            return;
        }
        Told told = JsonCodec.decode(record.value(), Told.class);
        if (told.status().isSentOrLater()) {
            sent.putIfAbsent(told.message().value(), System.nanoTime());
        }
    }

    /** When the message's status became visible, by {@link System#nanoTime()}. */
    OptionalLong sentAt(String message) {
        Long nanos = sent.get(message);
        return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    /** How many messages are known to be sent. */
    int count() {
        return sent.size();
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
