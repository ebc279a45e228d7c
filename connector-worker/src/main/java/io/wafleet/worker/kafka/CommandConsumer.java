package io.wafleet.worker.kafka;

import io.wafleet.contract.Topic;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.worker.log.CommandFeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The member of the group whose assignment is the lock: polls on its own thread, tells of assignments, and feeds owners their
 * commands. Partitions are paused and positioned by hand until their owner starts them.
 */
final class CommandConsumer implements CommandFeed, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandConsumer.class);
    private static final Duration POLL = Duration.ofMillis(50);
    /** After records: the outbox's transaction becomes visible partition by partition, and what follows is to come in one fetch. */
    private static final Duration BREATH = Duration.ofMillis(5);
    private static final Duration WHILE_UNANSWERED = Duration.ofMillis(20);
    private static final int PAUSE_ABOVE = 500;
    private static final int RESUME_BELOW = 100;

    /** Hears of the group's decisions, on the polling thread. */
    public interface Listener {
        /** The group metadata as it is now; fences all that is written from here on. */
        void captured(ConsumerGroupMetadata metadata);

        void assigned(Set<Integer> partitions);

        /** Returns when the partitions are given up. */
        void revoked(Set<Integer> partitions);

        void lost(Set<Integer> partitions);

        /** The consumer can go on no longer. */
        void failed(Throwable cause);
    }

    private record Feed(long position, Sink sink) {}

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final Listener listener;
    private final HeartbeatLease lease;
    private final ConcurrentLinkedQueue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Map<TopicPartition, Feed> feeds = new HashMap<>();
    private final Set<TopicPartition> congested = new HashSet<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param lease told of each poll, and of a loss
     */
    CommandConsumer(KafkaClients clients, Consumer<byte[], byte[]> consumer, HeartbeatLease lease, Listener listener) {
        this.topic = Topic.COMMANDS.name(clients.settings().topicPrefix());
        this.consumer = consumer;
        this.lease = lease;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("command-consumer").unstarted(this::run);
    }

    /** A consumer for the group. */
    static Consumer<byte[], byte[]> consumer(KafkaClients clients, String clientId, String group,
            GroupProtocol protocol) {
        Map<String, Object> config = new HashMap<>(protocol.consumerConfig());
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        return clients.consumer(clientId, config);
    }

    /** Answered heartbeats, good and bad alike, as both group protocols count them. */
    static DoubleSupplier answeredHeartbeats(Consumer<byte[], byte[]> consumer) {
        Metric metric = consumer.metrics().entrySet().stream().filter(m -> m.getKey().name().equals("heartbeat-total"))
                .findFirst().orElseThrow(() -> new IllegalStateException("consumer counts no heartbeats")).getValue();
        return () -> (Double) metric.metricValue();
    }

    /** Subscribes and begins to poll. */
    public void start() {
        thread.start();
    }

    @Override
    public void start(int partition, long position, Sink sink) {
        order(() -> {
            TopicPartition tp = new TopicPartition(topic, partition);
            whileAssigned(tp, () -> {
                consumer.seek(tp, position);
                consumer.resume(List.of(tp));
                feeds.put(tp, new Feed(position, sink));
                congested.remove(tp);
            });
        });
    }

    @Override
    public void stop(int partition) {
        order(() -> halt(new TopicPartition(topic, partition)));
    }

    private void halt(TopicPartition tp) {
        feeds.remove(tp);
        congested.remove(tp);
        whileAssigned(tp, () -> consumer.pause(List.of(tp)));
    }

    /** The consumer's own thread may take the assignment away between any question and what follows it; a callback tells us later. */
    private void whileAssigned(TopicPartition tp, Runnable act) {
        if (!consumer.assignment().contains(tp)) {
            return;
        }
        try {
            act.run();
        } catch (IllegalStateException _) {
            LOG.info("partition {} is assigned no more", tp.partition());
        }
    }

    private void order(Runnable order) {
        orders.add(order);
        consumer.wakeup();
    }

    private void run() {
        try (consumer) {
            consumer.subscribe(List.of(topic), new Callbacks());
            while (!closed) {
                turn();
            }
        } catch (RuntimeException e) {
            if (!closed) {
                listener.failed(e);
            }
        }
    }

    private void turn() {
        try {
            for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
                order.run();
            }
            relieve();
            lease.polled();
            ConsumerRecords<byte[], byte[]> records = poll();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                Feed feed = feeds.get(new TopicPartition(record.topic(), record.partition()));
                if (feed != null) {
                    feed.sink.take(record.offset(), record.key(), record.value());
                }
            }
            if (!records.isEmpty()) {
                LockSupport.parkNanos(BREATH.toNanos());
            }
        } catch (WakeupException _) {
            // An order waits, or we are closing.
        } catch (OffsetOutOfRangeException e) {
            // Commands older than their retention are gone; they are over anyway, whatever they were.
            e.offsetOutOfRangePartitions().forEach((tp, offset) -> LOG
                    .warn("commands of partition {} before the oldest kept one are gone (wanted {})", tp.partition(),
                            offset));
            consumer.seekToBeginning(e.offsetOutOfRangePartitions().keySet());
        } catch (org.apache.kafka.common.errors.RetriableException e) {
            LOG.warn("polling goes on after: {}", e.getMessage());
        } catch (KafkaException e) {
            if (closed || e instanceof org.apache.kafka.common.errors.InterruptException) {
                throw e;
            }
            LOG.error("polling goes on after: {}", e.getMessage());
        }
    }

    /**
     * While the broker is away, a poll of 4.3.1's KIP-848 consumer spins on this thread and its own for as long as it may wait: its next
     * heartbeat is due, and there is nobody to send it to. Its own thread spins on even so; this one need not.
     */
    private ConsumerRecords<byte[], byte[]> poll() {
        if (!lease.isUnanswered()) {
            return consumer.poll(POLL);
        }
        LockSupport.parkNanos(WHILE_UNANSWERED.toNanos());
        return consumer.poll(Duration.ZERO);
    }

    /** Pauses partitions whose owner cannot keep up, and lets them go on when it has. */
    private void relieve() {
        feeds.forEach((tp, feed) -> {
            int backlog = feed.sink.backlog();
            if (backlog > PAUSE_ABOVE && congested.add(tp)) {
                whileAssigned(tp, () -> consumer.pause(List.of(tp)));
            } else if (backlog < RESUME_BELOW && congested.remove(tp)) {
                whileAssigned(tp, () -> consumer.resume(List.of(tp)));
            }
        });
    }

    private final class Callbacks implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            listener.captured(consumer.groupMetadata());
            consumer.pause(partitions);
            partitions.forEach(tp -> consumer.seek(tp, 0));
            if (!partitions.isEmpty()) {
                listener.assigned(numbers(partitions));
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (partitions.isEmpty()) {
                return;
            }
            List<TopicPartition> revoked = new ArrayList<>(partitions);
            revoked.forEach(CommandConsumer.this::halt);
            // The classic protocol has already moved to a new generation: under the old one no release could be written.
            listener.captured(consumer.groupMetadata());
            listener.revoked(numbers(revoked));
            listener.captured(consumer.groupMetadata());
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            lease.lost();
            partitions.forEach(tp -> {
                feeds.remove(tp);
                congested.remove(tp);
            });
            listener.lost(numbers(partitions));
        }

        private Set<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        }
    }

    /** Leaves the group in order: the revocation hands everything over first. */
    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
