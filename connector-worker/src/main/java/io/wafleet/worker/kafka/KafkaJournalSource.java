package io.wafleet.worker.kafka;

import io.wafleet.contract.Topic;
import io.wafleet.contract.TransactionalId;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.worker.journal.JournalImage;
import io.wafleet.worker.log.JournalSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads journals of many partitions at once, on one thread with two consumers: one sees what is committed, the other, only where
 * a journal is not settled to its end, also what is not.
 */
public final class KafkaJournalSource implements JournalSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaJournalSource.class);
    private static final Duration POLL = Duration.ofMillis(20);
    /** A partition that joins a reading waits for the fetch under way, which has nothing to wait for when all before it are read. */
    private static final int FETCH_WAIT_MS = 5;

    private final String topic;
    private final Consumer<byte[], byte[]> committed;
    private final UnsettledTail tail;
    private final BlockingQueue<Task> arriving = new LinkedBlockingQueue<>();
    private final Map<TopicPartition, Task> active = new HashMap<>();
    private final ExecutorService second = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
    private final Thread thread;
    private volatile boolean closed;

    public KafkaJournalSource(KafkaClients clients, String clientId) {
        this.topic = Topic.JOURNAL.name(clients.settings().topicPrefix());
        this.committed = clients.consumer(clientId + "-journal", Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS));
        this.tail = new UnsettledTail(clients.consumer(clientId + "-journal-tail",
                Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted",
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS)));
        this.thread = Thread.ofPlatform().name("journal-reader").start(this::run);
    }

    @Override
    public Reading read(int partition) {
        return new PartitionReading(new TopicPartition(topic, partition));
    }

    /** The state of one reading; touched by the reader thread but for the futures. */
    private final class PartitionReading implements Reading {
        private final TopicPartition partition;
        private final JournalImage image = new JournalImage();
        private long next;
        private volatile boolean cancelled;

        PartitionReading(TopicPartition partition) {
            this.partition = partition;
        }

        @Override
        public CompletableFuture<Set<TransactionalId>> settled() {
            CompletableFuture<Set<TransactionalId>> result = new CompletableFuture<>();
            submit(new Task(this, false, claims -> {
                Set<TransactionalId> former = new HashSet<>(image.owners());
                former.addAll(claims);
                result.complete(former);
            }, result::completeExceptionally));
            return result;
        }

        @Override
        public CompletableFuture<JournalImage> toEnd() {
            CompletableFuture<JournalImage> result = new CompletableFuture<>();
            submit(new Task(this, true, _ -> result.complete(image), result::completeExceptionally));
            return result;
        }

        @Override
        public long position() {
            return image.position();
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        private void take(ConsumerRecord<byte[], byte[]> record) {
            next = record.offset() + 1;
            image.replay(record.offset(), record.key(), record.value());
        }
    }

    /** One phase of a reading: to the last stable offset, or to the end as it stands when the phase begins. */
    private static final class Task {
        private final PartitionReading reading;
        private final boolean toEnd;
        private final java.util.function.Consumer<Set<TransactionalId>> done;
        private final java.util.function.Consumer<Throwable> failed;
        private long target;
        private long end;

        Task(PartitionReading reading, boolean toEnd, java.util.function.Consumer<Set<TransactionalId>> done,
                java.util.function.Consumer<Throwable> failed) {
            this.reading = reading;
            this.toEnd = toEnd;
            this.done = done;
            this.failed = failed;
        }
    }

    private void submit(Task task) {
        arriving.add(task);
    }

    private void run() {
        try (committed; tail) {
            warmUp();
            while (!closed) {
                try {
                    admit();
                    readOn();
                } catch (org.apache.kafka.common.errors.WakeupException _) {
                    // Closing.
                } catch (KafkaException e) {
                    failAll(e);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            failAll(new IllegalStateException("journal reader is closed"));
        }
    }

    /** Connections, metadata and code that was never run: half a second that the first takeover need not wait for. */
    private void warmUp() {
        try {
            TopicPartition any = new TopicPartition(topic, 0);
            ends(List.of(any));
            committed.assign(List.of(any));
            committed.seekToBeginning(List.of(any));
            JournalImage thrownAway = new JournalImage();
            committed.poll(POLL.multipliedBy(5)).forEach(r -> thrownAway.replay(r.offset(), r.key(), r.value()));
            committed.assign(active.keySet());
        } catch (KafkaException e) {
            LOG.debug("no warm-up: {}", e.getMessage());
        }
    }

    private void admit() throws InterruptedException {
        List<Task> tasks = new ArrayList<>();
        if (active.isEmpty()) {
            Task first = arriving.poll(100, TimeUnit.MILLISECONDS);
            if (first == null) {
                return;
            }
            tasks.add(first);
        }
        arriving.drainTo(tasks);
        if (tasks.isEmpty()) {
            return;
        }
        tasks.forEach(this::activate);
        List<TopicPartition> partitions = tasks.stream().map(t -> t.reading.partition).toList();
        Ends ends = ends(partitions);
        committed.assign(active.keySet());
        for (Task task : tasks) {
            TopicPartition partition = task.reading.partition;
            task.end = ends.raw.getOrDefault(partition, 0L);
            // For a phase to the end the raw end counts: all that is there after the fence must be read.
            task.target = task.toEnd ? task.end : ends.stable.getOrDefault(partition, 0L);
            committed.seek(partition, task.reading.next);
        }
    }

    private record Ends(Map<TopicPartition, Long> raw, Map<TopicPartition, Long> stable) {}

    /** Both are asked for at once: a takeover waits for them twice. */
    private Ends ends(List<TopicPartition> partitions) {
        CompletableFuture<Map<TopicPartition, Long>> raw = CompletableFuture
                .supplyAsync(() -> tail.ends(partitions), second);
        try {
            Map<TopicPartition, Long> stable = committed.endOffsets(partitions);
            return new Ends(raw.join(), stable);
        } catch (CompletionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } finally {
            // Nobody else may use that consumer while it is asked.
            raw.handle((_, _) -> true).join();
        }
    }

    private void activate(Task task) {
        Task before = active.put(task.reading.partition, task);
        if (before != null) {
            before.failed.accept(new IllegalStateException("a newer reading of this journal began"));
        }
    }

    private void readOn() {
        if (active.isEmpty()) {
            return;
        }
        finishReached();
        if (active.isEmpty()) {
            return;
        }
        try {
            for (ConsumerRecord<byte[], byte[]> record : committed.poll(POLL)) {
                Task task = active.get(new TopicPartition(record.topic(), record.partition()));
                if (task != null) {
                    task.reading.take(record);
                }
            }
        } catch (OffsetOutOfRangeException e) {
            // The oldest records were deleted: the journal begins later than at zero.
            committed.seekToBeginning(e.offsetOutOfRangePartitions().keySet());
        }
        finishReached();
    }

    private void finishReached() {
        List<Task> reached = new ArrayList<>();
        List<Task> cancelled = new ArrayList<>();
        active.forEach((partition, task) -> {
            if (task.reading.cancelled) {
                cancelled.add(task);
            } else if (committed.position(partition) >= task.target) {
                task.reading.next = committed.position(partition);
                reached.add(task);
            }
        });
        if (reached.isEmpty() && cancelled.isEmpty()) {
            return;
        }
        cancelled.forEach(task -> active.remove(task.reading.partition));
        reached.forEach(task -> active.remove(task.reading.partition));
        committed.assign(active.keySet());
        cancelled.forEach(task -> task.failed.accept(new IllegalStateException("cancelled")));
        finish(reached);
    }

    private void finish(List<Task> reached) {
        try {
            Map<TopicPartition, Set<TransactionalId>> claims = claimsBeyond(reached);
            reached.forEach(task -> task.done.accept(claims.getOrDefault(task.reading.partition, Set.of())));
        } catch (KafkaException e) {
            reached.forEach(task -> task.failed.accept(e));
        }
    }

    private Map<TopicPartition, Set<TransactionalId>> claimsBeyond(List<Task> reached) {
        Map<TopicPartition, UnsettledTail.Stretch> unsettled = new HashMap<>();
        reached.stream().filter(task -> !task.toEnd && task.end > task.target).forEach(
                task -> unsettled.put(task.reading.partition, new UnsettledTail.Stretch(task.target, task.end)));
        return unsettled.isEmpty() ? Map.of() : tail.claims(unsettled);
    }

    private void failAll(Throwable cause) {
        List<Task> tasks = new ArrayList<>(active.values());
        active.clear();
        arriving.drainTo(tasks);
        tasks.forEach(task -> task.failed.accept(cause));
    }

    @Override
    public void close() {
        closed = true;
        committed.wakeup();
        tail.wakeUp();
        try {
            thread.join(Duration.ofSeconds(2));
            second.shutdown();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
