package io.wafleet.cli.bench;

import io.wafleet.cli.fleet.EpochWatch;
import io.wafleet.contract.Event;
import io.wafleet.contract.JournalRecord;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.Topic;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.settings.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Who owns which partition, as readers of {@code events} and {@code journal} see it (committed records only), and whether a former
 * owner's write was ever accepted. Reads on a thread of its own; all methods are thread-safe.
 */
final class OwnershipTrail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final String events;
    private final Consumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final EpochWatch epochs = new EpochWatch();
    private final List<Claim> claims = new ArrayList<>();
    private final Map<Integer, String> owners = new HashMap<>();
    private volatile boolean closed;

    /**
     * A claim that became visible.
     *
     * @param nanos when, by {@link System#nanoTime()}
     */
    record Claim(int partition, String worker, long nanos) {}

    OwnershipTrail(KafkaSettings kafka) {
        this.events = Topic.EVENTS.name(kafka.topicPrefix());
        this.consumer = new KafkaClients(kafka).consumer("bench-trail", Map.of());
        List<TopicPartition> all = new ArrayList<>();
        for (int p = 0; p < kafka.partitions(); p++) {
            all.add(new TopicPartition(events, p));
            all.add(new TopicPartition(Topic.JOURNAL.name(kafka.topicPrefix()), p));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
        this.thread = Thread.ofPlatform().name("bench-trail").daemon().start(this::run);
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

    private synchronized void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || record.key() == null) {
            return;
        }
        try {
            if (record.topic().equals(events)) {
                event(record.partition(), JsonCodec.decode(record.value(), Event.class));
            } else {
                journal(record);
            }
        } catch (UnreadableRecordException _) {
            // Not this reader's concern.
        }
    }

    private void event(int partition, Event event) {
        epochs.record(events, partition, event.epoch());
        if (event instanceof Event.PartitionClaimed claimed) {
            claims.add(new Claim(partition, claimed.worker().value(), System.nanoTime()));
            owners.put(partition, claimed.worker().value());
        } else if (event instanceof Event.PartitionReleased released) {
            owners.remove(partition, released.worker().value());
        }
    }

    private void journal(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (key.equals("partition")
                && JsonCodec.decode(record.value(), JournalRecord.class) instanceof JournalRecord.PartitionState now) {
            epochs.record(record.topic(), record.partition(), now.epoch());
        }
    }

    synchronized Set<Integer> ownedBy(String worker) {
        return owners.entrySet().stream().filter(o -> o.getValue().equals(worker)).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** How many partitions the workers own together. */
    synchronized int ownedBy(Set<String> workers) {
        return (int) owners.values().stream().filter(workers::contains).count();
    }

    /** The claims that became visible after a moment of {@link System#nanoTime()}. */
    synchronized List<Claim> claimsAfter(long nanos) {
        return claims.stream().filter(c -> c.nanos() - nanos > 0).toList();
    }

    synchronized long formerOwnerWrites() {
        return epochs.formerOwnerWrites();
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
