package io.wafleet.worker.log;

import io.wafleet.worker.log.Batch.CommitResult;
import io.wafleet.worker.ownership.Tenure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The line before a writer: batches in order, the partitions' doors, and what waits for a newer capture of the group metadata. It
 * decides what goes into the next transaction, and what becomes of a transaction's batches. Pure; its user guards it.
 */
public final class BatchLine {
    /** A transaction must end well within its timeout, so it is bounded. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int MAX_BATCHES = 1000;

    private final Deque<Batch> queue = new ArrayDeque<>();
    private final Map<Integer, Tenure> doors = new HashMap<>();
    private final Map<Integer, Refusal> parked = new HashMap<>();
    private final Set<Integer> alone = new HashSet<>();
    private Set<Integer> underWay = Set.of();
    private final long patience;
    private long captures;

    /** A partition whose batch was refused alone: under which capture, and until when it waits for a newer one. */
    private record Refusal(long capture, long until) {}

    /**
     * What comes next.
     *
     * @param group shares the next transaction; empty when there is nothing to write now
     * @param over batches that will not be written, to be told so
     */
    public record Next(List<Batch> group, List<Settled> over) {}

    /** A batch and what became of it. */
    public record Settled(Batch batch, CommitResult result) {
        /** Tells whoever appended it. */
        public void tell() {
            batch.done().accept(result);
        }
    }

    /**
     * @param patience how long a refused batch waits for a newer capture
     */
    public BatchLine(Duration patience) {
        this.patience = patience.toNanos();
    }

    public void add(Batch batch) {
        queue.addLast(batch);
    }

    public void openDoor(int partition, Tenure tenure) {
        doors.put(partition, tenure);
        parked.remove(partition);
        alone.remove(partition);
    }

    /** The group metadata was captured anew: what was refused under the older one may be tried again. */
    public void captured() {
        captures++;
    }

    /** Takes no more batches for the partition; one under way is not stopped by this. */
    public void shutDoor(int partition) {
        doors.remove(partition);
        parked.remove(partition);
    }

    /** Whether the transaction under way holds the partition. */
    public boolean isUnderWay(int partition) {
        return underWay.contains(partition);
    }

    public boolean isEmpty() {
        return queue.isEmpty();
    }

    public void shutAllDoors() {
        doors.clear();
        parked.clear();
    }

    /**
     * Begins a transaction with what may share it. The one before must be over.
     *
     * @param now monotonic nanoseconds
     */
    public Next next(long now) {
        List<Batch> group = new ArrayList<>();
        List<Settled> over = new ArrayList<>();
        Set<Integer> held = new HashSet<>();
        int bytes = 0;
        Iterator<Batch> batches = queue.iterator();
        while (batches.hasNext() && group.size() < MAX_BATCHES) {
            Batch batch = batches.next();
            if (!batch.tenure().equals(doors.get(batch.partition()))) {
                batches.remove();
                over.add(new Settled(batch, CommitResult.DROPPED));
            } else if (isGivenUp(batch.partition(), now)) {
                batches.remove();
                over.add(new Settled(batch, CommitResult.REFUSED));
            } else if (held.contains(batch.partition()) || isParked(batch.partition())
                    || !fits(group, batch, bytes)) {
                // Whatever of this partition comes later must not overtake it.
                held.add(batch.partition());
            } else {
                batches.remove();
                group.add(batch);
                bytes += batch.size();
            }
        }
        underWay = partitions(group);
        return new Next(List.copyOf(group), List.copyOf(over));
    }

    private boolean fits(List<Batch> group, Batch batch, int bytes) {
        if (group.isEmpty()) {
            return true;
        }
        Batch first = group.getFirst();
        return first.kind().isTakeover() == batch.kind().isTakeover() && bytes + batch.size() <= MAX_BYTES
                && (first.partition() == batch.partition() || mayShare(first, batch));
    }

    private boolean mayShare(Batch one, Batch other) {
        return !alone.contains(one.partition()) && !alone.contains(other.partition());
    }

    private boolean isParked(int partition) {
        Refusal refusal = parked.get(partition);
        return refusal != null && refusal.capture() == captures;
    }

    private boolean isGivenUp(int partition, long now) {
        Refusal refusal = parked.get(partition);
        return refusal != null && now - refusal.until() > 0;
    }

    /** The transaction of these is over, for good. */
    public List<Settled> finished(List<Batch> group, CommitResult result) {
        underWay = Set.of();
        if (result == CommitResult.COMMITTED) {
            group.forEach(b -> {
                alone.remove(b.partition());
                parked.remove(b.partition());
            });
        }
        return group.stream().map(b -> new Settled(b, result)).toList();
    }

    /** The transaction was rolled back for a reason that passes: its batches keep their places. */
    public void rolledBack(List<Batch> group) {
        underWay = Set.of();
        for (int i = group.size() - 1; i >= 0; i--) {
            queue.addFirst(group.get(i));
        }
    }

    /**
     * The broker refused the positions, and names no partition: with several of them each is tried alone; a write refused alone waits
     * for a newer capture, a step of a takeover is answered at once.
     *
     * @param now monotonic nanoseconds
     */
    public List<Settled> refused(List<Batch> group, long now) {
        Set<Integer> partitions = partitions(group);
        if (partitions.size() > 1) {
            alone.addAll(partitions);
            rolledBack(group);
            return List.of();
        }
        if (group.getFirst().kind().isTakeover()) {
            return finished(group, CommitResult.REFUSED);
        }
        int partition = group.getFirst().partition();
        Refusal before = parked.get(partition);
        parked.put(partition, new Refusal(captures, before == null ? now + patience : before.until()));
        rolledBack(group);
        return List.of();
    }

    /**
     * One of them can never be written. With several partitions each is tried alone; the one it is of is given up with all that waits
     * behind it, as if refused, until its door is opened anew: the others go on.
     *
     * @param now monotonic nanoseconds
     */
    public void unwritable(List<Batch> group, long now) {
        Set<Integer> partitions = partitions(group);
        if (partitions.size() > 1) {
            alone.addAll(partitions);
        } else {
            parked.put(group.getFirst().partition(), new Refusal(captures, now - 1));
        }
        rolledBack(group);
    }

    /** Everything that waits is given up. */
    public List<Settled> dropAll() {
        List<Settled> all = queue.stream().map(b -> new Settled(b, CommitResult.DROPPED)).toList();
        queue.clear();
        return all;
    }

    private static Set<Integer> partitions(List<Batch> group) {
        return group.stream().map(Batch::partition).collect(Collectors.toUnmodifiableSet());
    }
}
