package io.wafleet.conversations.projector;

import io.wafleet.contract.Topic;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.UnstorableException;
import io.wafleet.conversations.store.Stores;
import io.wafleet.kafka.KafkaClients;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the topics once from their beginning to where their end was at the start, into the store. The group may go on meanwhile: what is told
 * twice, or later than something newer, changes nothing. What cannot be kept is counted; the group has written its dead letter.
 */
public final class Rebuild {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long TELL_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final KafkaClients clients;
    private final Projection projection;
    private final StoreDoor door;
    private final LongSupplier nanoTime;
    private final Map<String, Topic> topics;
    private final Pending pending = new Pending();
    private final Map<Topic, Long> read = new EnumMap<>(Topic.class);
    private long changes;
    private long poisoned;
    private long startNanos;

    /**
     * How far it has come.
     *
     * @param done offsets that are behind it; the broker's own marks between records count too
     * @param total offsets that there were at the start
     * @param read records, by topic
     * @param changes that the store has kept
     * @param poisoned records that cannot be kept
     */
    public record Progress(long done, long total, Map<Topic, Long> read, long changes, long poisoned, Duration took) {
        public Progress {
            read = Map.copyOf(read);
        }
    }

    Rebuild(KafkaClients clients, Projection projection, StoreDoor door, LongSupplier nanoTime) {
        this.clients = clients;
        this.projection = projection;
        this.door = door;
        this.nanoTime = nanoTime;
        this.topics = ProjectorConsumers.topics(clients);
    }

    /**
     * Rebuilds; a store that is away is waited for.
     *
     * @param progress told each second
     * @return at the end
     * @throws StoreUnavailableException when only a person can mend the store
     * @throws io.wafleet.settings.InvalidSettingsException when there is no such store
     * @throws io.wafleet.kafka.TopicMismatchException when topics are missing or do not fit
     * @throws io.wafleet.kafka.BrokerUnreachableException when Kafka does not answer
     */
    public static Progress run(ProjectorSettings settings, java.util.function.Consumer<Progress> progress) {
        return Wiring.rebuild(settings, () -> Stores.open(settings.store())).run(progress);
    }

    Progress run(java.util.function.Consumer<Progress> progress) {
        startNanos = nanoTime.getAsLong();
        try (door; Consumer<byte[], byte[]> consumer = ProjectorConsumers.alone(clients)) {
            List<TopicPartition> all = partitions();
            consumer.assign(all);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            consumer.seekToBeginning(all);
            long first = sum(begins);
            long total = sum(ends) - first;
            long told = startNanos;
            while (!isAtEnd(consumer, ends)) {
                consumer.poll(POLL).forEach(record -> {
                    pending.add(Item.of(record, topics, projection));
                    read.merge(topics.getOrDefault(record.topic(), Topic.EVENTS), 1L, Long::sum);
                });
                keep();
                if (nanoTime.getAsLong() - told >= TELL_EVERY_NANOS) {
                    told = nanoTime.getAsLong();
                    progress.accept(now(all.stream().mapToLong(consumer::position).sum() - first, total));
                }
            }
            return now(total, total);
        }
    }

    private List<TopicPartition> partitions() {
        return topics.keySet().stream().sorted().flatMap(topic -> IntStream.range(0, clients.settings().partitions())
                .mapToObj(p -> new TopicPartition(topic, p))).toList();
    }

    /** What is written meanwhile is the group's. */
    private static boolean isAtEnd(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        List<TopicPartition> finished = ends.entrySet().stream()
                .filter(end -> consumer.position(end.getKey()) >= end.getValue()).map(Map.Entry::getKey).toList();
        consumer.pause(finished);
        return finished.size() == ends.size();
    }

    private void keep() {
        while (!pending.isEmpty()) {
            List<Item> batch = pending.next();
            List<Change> some = batch.stream().flatMap(item -> item.changes().stream()).toList();
            try {
                if (!some.isEmpty()) {
                    door.apply(some);
                }
                pending.kept(batch.size());
                changes += some.size();
                poisoned += batch.stream().filter(item -> item.poison() != null).count();
            } catch (UnstorableException e) {
                pending.leaveOut(e.change(), String.valueOf(e.getMessage()));
            } catch (StoreUnavailableException e) {
                if (!e.reason().isRetryable()) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private void pause(StoreUnavailableException e) {
        try {
            Thread.sleep(door.untilDue());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw e;
        }
    }

    private Progress now(long done, long total) {
        return new Progress(done, total, read, changes, poisoned,
                Duration.ofNanos(nanoTime.getAsLong() - startNanos));
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }
}
