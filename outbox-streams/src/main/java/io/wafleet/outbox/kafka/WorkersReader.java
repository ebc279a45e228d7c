package io.wafleet.outbox.kafka;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.Topic;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.contract.WorkerId;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.outbox.core.OwnerWatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code workers} from its beginning and tells the watch what arrives, and how far everything has been read. A thread of its
 * own. When anything fails it the reader starts again a second later, from the beginning; until it has read everything the watch calls
 * nobody dead, and nobody alive.
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
    private @Nullable Asked asked;

    /**
     * Where the end was.
     *
     * @param atNanos before the question: what was written after the broker's answer is not covered by it
     */
    private record Asked(long atNanos, long end) {}

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
            try (Consumer<byte[], byte[]> consumer = clients.consumer("outbox-workers",
                    Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL.toMillis()))) {
                read(consumer);
            } catch (KafkaException e) {
                LOG.warn("reading {} failed, trying again: {}", workers.topic(), e.toString());
            } catch (RuntimeException e) {
                // A defect. Without this thread no owner would ever be called dead again.
                LOG.error("reading {} failed, trying again", workers.topic(), e);
            }
            goOn = !isStopped(AGAIN);
        }
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        consumer.assign(List.of(workers));
        consumer.seekToBeginning(List.of(workers));
        watch.begin();
        asked = null;
        long askNanos = nanoTime.getAsLong();
        while (!isStopped(Duration.ZERO)) {
            if (asked == null && nanoTime.getAsLong() - askNanos >= 0) {
                ask(consumer);
                askNanos = nanoTime.getAsLong() + confirmEveryNanos;
            }
            confirm(consumer);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                heard(record);
            }
        }
    }

    private void ask(Consumer<byte[], byte[]> consumer) {
        long now = nanoTime.getAsLong();
        try {
            Long end = consumer.endOffsets(List.of(workers), AGAIN).get(workers);
            asked = end == null ? null : new Asked(now, end);
        } catch (TimeoutException _) {
            // The broker is away; nothing is confirmed, so nobody is called dead.
        }
    }

    /**
     * The end is remembered until it is reached: the broker may answer only with the next record, since the question waits behind
     * a fetch that waits, and then there is one more to read.
     */
    private void confirm(Consumer<byte[], byte[]> consumer) {
        try {
            if (asked != null && consumer.position(workers, AGAIN) >= asked.end) {
                watch.readEverything(asked.atNanos);
                asked = null;
            }
        } catch (TimeoutException _) {
            // The broker is away before the first record.
        }
    }

    private void heard(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() == null) {
                // It ended in order, and has released its partitions.
                watch.exited(new WorkerId(new String(record.key(), StandardCharsets.UTF_8)));
                return;
            }
            watch.heard(JsonCodec.decode(record.value(), WorkerHeartbeat.class), nanoTime.getAsLong());
        } catch (UnreadableRecordException | IllegalArgumentException e) {
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
