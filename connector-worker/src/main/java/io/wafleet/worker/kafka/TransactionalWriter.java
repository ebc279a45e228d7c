package io.wafleet.worker.kafka;

import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.log.Batch;
import io.wafleet.worker.log.Batch.CommitResult;
import io.wafleet.worker.log.FencedLog;
import io.wafleet.worker.ownership.Tenure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one transactional producer of this worker: takes what lies in line, writes it in one transaction (group commit), on its own
 * thread.
 *
 * <ol>
 *   <li>Take from the line what may share a transaction; drop what has no open door.
 *   <li>Write the records and wait until each is acknowledged. Failed: roll back, try again.
 *   <li>Send each partition's position with the newest captured group metadata. Refused: roll back; the broker names no
 *       partition, so each is tried alone; one refused alone waits for a newer capture, and is given back after the session.
 *   <li>Commit. Fenced, or no answer: the producer is given up; its partitions' doors are shut, and what was under way is unknown.
 * </ol>
 */
public final class TransactionalWriter implements FencedLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionalWriter.class);
    /** After a commit, the broker answers CONCURRENT_TRANSACTIONS until its markers are written: leave it a moment. */
    private static final Duration GAP = Duration.ofMillis(4);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(100);

    private final ProducerIncarnations incarnations;
    private final Line line;
    private final Duration doorBound;
    private final Runnable replaced;
    private final Thread thread;
    private volatile @Nullable ProducerIncarnation current;
    private volatile @Nullable ConsumerGroupMetadata captured;
    private volatile boolean closed;

    /**
     * @param doorBound how long shutting a door waits for a transaction before the producer is given up
     * @param patience how long a refused batch waits for a newer capture
     * @param replaced told when a new incarnation writes, after all doors were shut
     */
    TransactionalWriter(ProducerIncarnations incarnations, Duration doorBound, Duration patience,
            Runnable replaced) {
        this.incarnations = incarnations;
        this.doorBound = doorBound;
        this.replaced = replaced;
        this.line = new Line(patience);
        this.thread = Thread.ofPlatform().name("writer").start(this::run);
    }

    @Override
    public void append(Batch batch) {
        line.add(batch);
    }

    @Override
    public void openDoor(int partition, Tenure tenure) {
        line.openDoor(partition, tenure);
    }

    @Override
    public void shutDoor(int partition) {
        if (!line.shutDoor(partition, doorBound)) {
            LOG.warn("a transaction of partition {} did not end within {}: its producer is given up", partition,
                    doorBound);
            abandon();
            line.awaitIdle(partition);
        }
    }

    @Override
    public TransactionalId incarnation() {
        ProducerIncarnation now = current;
        return now == null ? incarnations.newest() : now.id();
    }

    /** The group metadata as of the newest callback; fences all that is written from now on. */
    public void capture(ConsumerGroupMetadata metadata) {
        captured = metadata;
        line.captured();
    }

    private void abandon() {
        ProducerIncarnation now = current;
        if (now != null) {
            now.abandon();
        }
    }

    private void run() {
        while (!closed) {
            List<Batch> group = line.take();
            if (!group.isEmpty()) {
                write(group);
            }
        }
        ProducerIncarnation last = current;
        if (last != null) {
            last.close();
        }
        line.dropAll();
    }

    private void write(List<Batch> group) {
        ProducerIncarnation producer = producer();
        ConsumerGroupMetadata metadata = captured;
        if (producer == null || metadata == null) {
            line.finish(group, CommitResult.DROPPED);
            return;
        }
        switch (producer.commit(group, metadata)) {
            case COMMITTED -> line.finish(group, CommitResult.COMMITTED);
            case REFUSED -> line.refused(group);
            case ROLLED_BACK -> {
                line.again(group);
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            }
            case FENCED, UNKNOWN -> replace(producer, group);
        }
        LockSupport.parkNanos(GAP.toNanos());
    }

    /** All doors are shut before anything can be written under the new id: no claim of that id exists yet. */
    private void replace(ProducerIncarnation producer, List<Batch> group) {
        LOG.warn("producer {} was fenced or gave no answer; a new incarnation takes its place", producer.id());
        current = null;
        line.shutAllDoors();
        line.finish(group, CommitResult.UNKNOWN);
        line.dropAll();
        producer.abandon();
        if (producer() != null) {
            replaced.run();
        }
    }

    private @Nullable ProducerIncarnation producer() {
        ProducerIncarnation now = current;
        while (now == null && !closed) {
            try {
                now = incarnations.next();
                current = now;
            } catch (KafkaException e) {
                LOG.warn("no new producer yet: {}", e.getMessage());
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            }
        }
        return now;
    }

    @Override
    public void close() {
        closed = true;
        line.close();
        try {
            if (!thread.join(doorBound)) {
                abandon();
                thread.join(doorBound);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** For tests and metrics: batches that wait. */
    List<Batch> waiting() {
        return new ArrayList<>(line.waiting());
    }
}
