package io.wafleet.worker.kafka;

import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.log.Batch;
import io.wafleet.worker.log.Batch.CommitResult;
import io.wafleet.worker.log.BatchLine;
import io.wafleet.worker.log.BatchLine.Settled;
import io.wafleet.worker.log.FencedLog;
import io.wafleet.worker.log.TransactionGap;
import io.wafleet.worker.ownership.Tenure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
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
 *   <li>Write the records and wait until each is acknowledged. Failed: roll back, try again. Larger than the broker takes: each
 *       partition is tried alone, and the one it is of is given back, since it would be in everybody's way for ever.
 *   <li>Send each partition's position with the newest captured group metadata. Refused: roll back; the broker names no
 *       partition, so each is tried alone; one refused alone waits for a newer capture, and is given back after the session.
 *   <li>Commit. Fenced, or no answer: the producer is given up; its partitions' doors are shut, and what was under way is
 *       unknown; it is fenced, for what it may have left open would hold up readers and successors until the broker times it out.
 * </ol>
 */
public final class TransactionalWriter implements FencedLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionalWriter.class);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(100);
    /** How often a refused batch's patience is looked at. */
    private static final Duration TICK = Duration.ofMillis(20);

    private final ProducerIncarnations incarnations;
    private final BatchLine line;
    private final Duration doorBound;
    private final Consumer<TransactionalId> givenUp;
    private final Runnable replaced;
    private final Thread thread;
    private volatile @Nullable ProducerIncarnation current;
    private volatile @Nullable ConsumerGroupMetadata captured;
    private volatile boolean closed;

    /**
     * @param doorBound how long shutting a door waits for a transaction before the producer is given up
     * @param patience how long a refused batch waits for a newer capture
     * @param givenUp told of an incarnation that is used no more: what it left open is to be rolled back
     * @param replaced told when a new incarnation writes, after all doors were shut
     */
    TransactionalWriter(ProducerIncarnations incarnations, Duration doorBound, Duration patience,
            Consumer<TransactionalId> givenUp, Runnable replaced) {
        this.incarnations = incarnations;
        this.doorBound = doorBound;
        this.givenUp = givenUp;
        this.replaced = replaced;
        this.line = new BatchLine(patience);
        this.thread = Thread.ofPlatform().name("writer").start(this::run);
    }

    @Override
    public void append(Batch batch) {
        synchronized (line) {
            line.add(batch);
            line.notifyAll();
        }
    }

    @Override
    public void openDoor(int partition, Tenure tenure) {
        synchronized (line) {
            line.openDoor(partition, tenure);
        }
    }

    @Override
    public CompletableFuture<Void> shutDoor(int partition) {
        synchronized (line) {
            line.shutDoor(partition);
            if (!line.isUnderWay(partition)) {
                return CompletableFuture.completedFuture(null);
            }
        }
        CompletableFuture<Void> shut = new CompletableFuture<>();
        Thread.ofVirtual().name("door-" + partition).start(() -> {
            awaitEnd(partition);
            shut.complete(null);
        });
        return shut;
    }

    private void awaitEnd(int partition) {
        long deadline = System.nanoTime() + doorBound.toNanos();
        boolean given = false;
        synchronized (line) {
            while (line.isUnderWay(partition) && !closed) {
                if (!given && System.nanoTime() - deadline > 0) {
                    LOG.warn("a transaction of partition {} did not end within {}: its producer is given up", partition,
                            doorBound);
                    abandon();
                    given = true;
                }
                pause(TICK);
            }
        }
    }

    @Override
    public TransactionalId incarnation() {
        ProducerIncarnation now = current;
        return now == null ? incarnations.newest() : now.id();
    }

    /** The group metadata as of the newest callback; fences all that is written from now on. */
    void capture(ConsumerGroupMetadata metadata) {
        synchronized (line) {
            captured = metadata;
            line.captured();
            line.notifyAll();
        }
    }

    private void abandon() {
        ProducerIncarnation now = current;
        if (now != null) {
            now.abandon();
        }
    }

    private void run() {
        // Before anybody waits for it.
        producer();
        while (!closed) {
            List<Batch> group = take();
            if (!group.isEmpty()) {
                write(group);
            }
        }
        ProducerIncarnation last = current;
        if (last != null) {
            last.close();
        }
        settle(BatchLine::dropAll);
    }

    /** What goes into the next transaction; empty when there is nothing yet. */
    private List<Batch> take() {
        BatchLine.Next next;
        synchronized (line) {
            while (line.isEmpty() && !closed) {
                pause(Duration.ofSeconds(1));
            }
            next = line.next(System.nanoTime());
            if (next.group().isEmpty() && next.over().isEmpty() && !closed) {
                pause(TICK);
            }
        }
        next.over().forEach(Settled::tell);
        return next.group();
    }

    private void write(List<Batch> group) {
        ProducerIncarnation producer = producer();
        ConsumerGroupMetadata metadata = captured;
        if (producer == null || metadata == null) {
            settle(l -> l.finished(group, CommitResult.DROPPED));
            return;
        }
        long begun = System.nanoTime();
        ProducerIncarnation.Result result = producer.commit(group, metadata);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        switch (result) {
            case COMMITTED -> settle(l -> l.finished(group, CommitResult.COMMITTED));
            case REFUSED -> settle(l -> l.refused(group, System.nanoTime()));
            case ROLLED_BACK -> {
                settle(l -> {
                    l.rolledBack(group);
                    return List.of();
                });
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
            }
            case TOO_LARGE -> settle(l -> {
                l.unwritable(group, System.nanoTime());
                return List.of();
            });
            case FENCED, UNKNOWN -> replace(producer, group);
        }
        LockSupport.parkNanos(TransactionGap.after(took, group.size()).toNanos());
    }

    /** All doors are shut before anything can be written under the new id: no claim of that id exists yet. */
    private void replace(ProducerIncarnation producer, List<Batch> group) {
        LOG.warn("producer {} was fenced or gave no answer; a new incarnation takes its place", producer.id());
        current = null;
        settle(l -> {
            l.shutAllDoors();
            List<Settled> all = new ArrayList<>(l.finished(group, CommitResult.UNKNOWN));
            all.addAll(l.dropAll());
            return all;
        });
        producer.abandon();
        givenUp.accept(producer.id());
        if (producer() != null) {
            replaced.run();
        }
    }

    /** Changes the line, and tells what became of batches outside its guard. */
    private void settle(Function<BatchLine, List<Settled>> change) {
        List<Settled> over;
        synchronized (line) {
            over = change.apply(line);
            line.notifyAll();
        }
        over.forEach(Settled::tell);
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

    /** One turn of waiting on the line; every caller stands in a loop over its condition. */
    @SuppressWarnings("WaitNotInLoop")
    private void pause(Duration atMost) {
        try {
            line.wait(atMost.toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    @Override
    public void close() {
        synchronized (line) {
            closed = true;
            line.notifyAll();
        }
        try {
            if (!thread.join(doorBound)) {
                abandon();
                thread.join(doorBound);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
