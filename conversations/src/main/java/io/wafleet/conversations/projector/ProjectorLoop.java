package io.wafleet.conversations.projector;

import io.wafleet.contract.Topic;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.UnstorableException;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.Timings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The projector's thread. Again and again:
 * <ol>
 * <li>Poll. While something waits for the store all partitions are paused: the poll then only keeps the membership, and what was read
 * stays here.
 * <li>Apply the next batch. The store is away: stop here, try again when {@link StoreDoor} says so, for ever. A change that no store can
 * keep is left out, and its record is a dead letter.
 * <li>Write the batch's dead letters.
 * <li>Commit. Partitions are only given away in a poll, when all that was applied is committed, or in the revocation itself.
 * </ol>
 * A crash between any two of them repeats what is not committed, which changes nothing: the store's changes may be repeated. When Kafka
 * fails the consumer, a new one begins where the last commit was.
 */
final class ProjectorLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectorLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(15);
    private static final long LAG_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final KafkaClients clients;
    private final Timings timings;
    private final Projection projection;
    private final StoreDoor door;
    private final ProjectorMetrics metrics;
    private final LongSupplier nanoTime;
    private final Map<String, Topic> topics;
    private final Pending pending = new Pending();
    private final Positions positions = new Positions();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final Thread thread = Thread.ofPlatform().name("projector").unstarted(this::run);
    private long lagDueNanos;
    private volatile boolean isReading;

    ProjectorLoop(KafkaClients clients, Timings timings, Projection projection, StoreDoor door,
            ProjectorMetrics metrics, LongSupplier nanoTime) {
        this.clients = clients;
        this.timings = timings;
        this.projection = projection;
        this.door = door;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.topics = ProjectorConsumers.topics(clients);
        this.lagDueNanos = nanoTime.getAsLong();
    }

    void start() {
        thread.start();
    }

    /** Whether the topics are read, and the store takes what they tell. */
    boolean isReady() {
        return isReading && door.isOpen();
    }

    /** Completes when it will never work again. */
    CompletionStage<Void> failure() {
        return failure;
    }

    private void run() {
        try (door; PoisonLetters letters = new PoisonLetters(clients)) {
            while (!isClosing(Duration.ZERO)) {
                try (Consumer<byte[], byte[]> consumer = ProjectorConsumers.ofGroup(clients, timings)) {
                    read(consumer, letters);
                } catch (KafkaException e) {
                    LOG.warn("reading failed, trying again in {} ms: {}", AGAIN.toMillis(), e.toString());
                    isReading = false;
                    isClosing(AGAIN);
                }
                pending.clear();
                positions.clear();
            }
        } catch (RuntimeException | Error e) {
            LOG.error("the projector cannot go on", e);
            failure.completeExceptionally(e);
        } finally {
            isReading = false;
        }
    }

    private void read(Consumer<byte[], byte[]> consumer, PoisonLetters letters) {
        consumer.subscribe(topics.keySet(), new Rebalances(consumer));
        while (!isClosing(Duration.ZERO)) {
            if (pending.isEmpty()) {
                consumer.resume(consumer.paused());
            } else {
                consumer.pause(consumer.assignment());
            }
            consumer.poll(pollFor()).forEach(record -> pending.add(Item.of(record, topics, projection)));
            isReading = true;
            keep(letters, consumer);
            tellLag(consumer);
        }
        positions.commit(consumer);
    }

    /** No longer than until the store is to be tried again. */
    private Duration pollFor() {
        Duration due = door.untilDue();
        return due.isZero() || due.compareTo(POLL) > 0 ? POLL : due;
    }

    private void keep(PoisonLetters letters, Consumer<byte[], byte[]> consumer) {
        while (!isClosing(Duration.ZERO) && door.untilDue().isZero()) {
            try {
                door.open();
                if (pending.isEmpty()) {
                    break;
                }
                keepNext(letters);
            } catch (StoreUnavailableException e) {
                metrics.failed(e);
            } catch (UnstorableException e) {
                pending.leaveOut(e.change(), String.valueOf(e.getMessage()));
            }
        }
        positions.commit(consumer);
    }

    private void keepNext(PoisonLetters letters) {
        List<Item> batch = pending.next();
        List<Change> changes = batch.stream().flatMap(item -> item.changes().stream()).toList();
        if (!changes.isEmpty()) {
            door.apply(changes);
        }
        List<Item> poisoned = batch.stream().filter(item -> item.poison() != null).toList();
        letters.send(poisoned);
        positions.kept(batch);
        pending.kept(batch.size());
        metrics.kept(changes.size());
        metrics.deadLetters(poisoned.size());
    }

    private void tellLag(Consumer<byte[], byte[]> consumer) {
        long now = nanoTime.getAsLong();
        if (now - lagDueNanos >= 0) {
            lagDueNanos = now + LAG_EVERY_NANOS;
            ProjectorConsumers.unread(consumer).ifPresent(
                    unread -> metrics.behind(unread + pending.size(), pending.oldestMs(positions.newestMs())));
        }
    }

    /** What is applied is committed before another process may read on. */
    private final class Rebalances implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;

        Rebalances(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            positions.commit(consumer);
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            pending.forget(partitions);
            positions.forget(partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.info("projects {} partitions: {}", partitions.size(), partitions.stream()
                    .collect(Collectors.groupingBy(TopicPartition::topic, Collectors.counting())));
        }
    }

    private boolean isClosing(Duration within) {
        try {
            return closing.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            closing.countDown();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            if (thread.isAlive() && !thread.join(CLOSE)) {
                LOG.warn("the projector did not end within {} s", CLOSE.toSeconds());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
