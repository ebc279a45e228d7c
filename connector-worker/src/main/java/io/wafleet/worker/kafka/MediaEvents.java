package io.wafleet.worker.kafka;

import io.wafleet.contract.Topic;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.worker.keeping.MediaKeeper;
import io.wafleet.worker.keeping.Wanted;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the facts on {@code events} for media that are to be kept, in a group of its own: the topic is the list of what is still to be
 * brought, and outlives every worker. An event's position is committed once its medium is settled; whoever reads it again finds what is there
 * already. On a thread of its own; when the broker is away it waits.
 */
public final class MediaEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaEvents.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSING = Duration.ofSeconds(2);
    /** Kafka would wait half a minute for the answer to a request to join, which nobody needs any more. */
    private static final CloseOptions LEAVING = CloseOptions.timeout(Duration.ofMillis(500));
    private static final long COMMIT_EVERY_NANOS = Duration.ofMillis(500).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final MediaKeeper keeper;
    private final String topic;
    private final Thread thread;
    private volatile boolean closed;
    private long committedAt = System.nanoTime();

    private MediaEvents(KafkaClients clients, String clientId, MediaKeeper keeper) {
        this.keeper = keeper;
        this.topic = Topic.EVENTS.name(clients.settings().topicPrefix());
        this.consumer = clients.consumer(clientId + "-media",
                Map.of(ConsumerConfig.GROUP_ID_CONFIG, clients.settings().topicPrefix() + "media",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
        this.thread = Thread.ofPlatform().name(clientId + "-media").daemon().unstarted(this::run);
    }

    /** Begins to read; the keeper is the reader's own from here on. */
    public static MediaEvents start(KafkaClients clients, String clientId, MediaKeeper keeper) {
        MediaEvents events = new MediaEvents(clients, clientId, keeper);
        events.thread.start();
        return events;
    }

    private void run() {
        try (keeper) {
            consumer.subscribe(Set.of(topic), new Rebalances());
            readUntilClosed();
            commitNow();
        } catch (KafkaException e) {
            // Nothing that others depend on: messages go on arriving, and other workers go on keeping.
            LOG.error("media that arrive are kept by this worker no more", e);
        } finally {
            consumer.close(LEAVING);
        }
    }

    private void readUntilClosed() {
        try {
            while (!closed) {
                round();
            }
        } catch (WakeupException _) {
            // Closed.
        }
    }

    private void round() {
        if (keeper.isFull()) {
            consumer.pause(consumer.assignment());
        } else {
            consumer.resume(consumer.paused());
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            keeper.read(record.partition(), record.offset(), Wanted.in(record.value()));
        }
        keeper.turn();
        if (System.nanoTime() - committedAt >= COMMIT_EVERY_NANOS) {
            committedAt = System.nanoTime();
            Map<TopicPartition, OffsetAndMetadata> moved = moved();
            if (!moved.isEmpty()) {
                // One that is lost is made good by the next, or by reading again.
                consumer.commitAsync(moved, null);
            }
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> moved() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        keeper.moved().forEach((partition, offset) -> offsets.put(new TopicPartition(topic, partition),
                new OffsetAndMetadata(offset)));
        return offsets;
    }

    private void commitNow() {
        try {
            Map<TopicPartition, OffsetAndMetadata> moved = moved();
            if (!moved.isEmpty()) {
                consumer.commitSync(moved, CLOSING);
            }
        } catch (KafkaException e) {
            LOG.debug("events about media will be read once more", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(CLOSING.multipliedBy(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Called within {@link Consumer#poll}. */
    private final class Rebalances implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // The keeper learns of them by their events.
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commitNow();
            keeper.lost(numbers(partitions));
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            keeper.lost(numbers(partitions));
        }

        private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        }
    }
}
