package io.wafleet.outbox.kafka;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.Topic;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.outbox.core.OwnerWatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code workers} from its beginning and tells the watch what arrives, and how far everything has been read. A thread of its
 * own. When Kafka fails it the reader starts again a second later; until then the watch calls nobody dead.
 */
final class WorkersReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkersReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final OwnerWatch watch;
    private final LongSupplier nanoTime;
    private final TopicPartition workers;
    private final long confirmEveryNanos;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param confirmEvery how often the reader makes sure that it has read everything
     */
    WorkersReader(KafkaClients clients, OwnerWatch watch, Duration confirmEvery, LongSupplier nanoTime) {
        this.clients = clients;
        this.watch = watch;
        this.nanoTime = nanoTime;
        this.workers = new TopicPartition(Topic.WORKERS.name(clients.settings().topicPrefix()), 0);
        this.confirmEveryNanos = confirmEvery.toNanos();
        this.thread = Thread.ofPlatform().name("outbox-workers-reader").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join(CLOSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean goOn = true;
        while (goOn) {
            try (Consumer<byte[], byte[]> consumer = clients.consumer("outbox-workers", Map.of())) {
                read(consumer);
            } catch (KafkaException e) {
                LOG.warn("reading {} failed, trying again: {}", workers.topic(), e.toString());
            }
            goOn = !isStopped(AGAIN);
        }
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        consumer.assign(List.of(workers));
        consumer.seekToBeginning(List.of(workers));
        long confirmNanos = nanoTime.getAsLong();
        while (!isStopped(Duration.ZERO)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                heard(record);
            }
            if (nanoTime.getAsLong() - confirmNanos >= 0) {
                confirm(consumer);
                confirmNanos = nanoTime.getAsLong() + confirmEveryNanos;
            }
        }
    }

    /** The moment is taken before the question: what came after the broker's answer is not covered by it. */
    private void confirm(Consumer<byte[], byte[]> consumer) {
        long asked = nanoTime.getAsLong();
        try {
            Long end = consumer.endOffsets(List.of(workers), AGAIN).get(workers);
            if (end != null && consumer.position(workers, AGAIN) >= end) {
                watch.readEverything(asked);
            }
        } catch (TimeoutException _) {
            // The broker is away; nothing is confirmed, so nobody is called dead.
        }
    }

    private void heard(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return; // A worker that ended in order has released its partitions.
        }
        try {
            watch.heard(JsonCodec.decode(record.value(), WorkerHeartbeat.class), nanoTime.getAsLong());
        } catch (UnreadableRecordException e) {
            LOG.warn("{} at {} cannot be read: {}", workers, record.offset(), e.getMessage());
        }
    }

    private boolean isStopped(Duration within) {
        try {
            return stopped.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
