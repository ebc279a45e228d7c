package io.wafleet.worker.kafka;

import io.wafleet.worker.log.Batch;
import io.wafleet.worker.log.Batch.CommitResult;
import io.wafleet.worker.ownership.Tenure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The line before the writer: batches in order, the partitions' doors, and what waits for a newer capture. A monitor: all methods may be
 * called by any thread; {@link #take} by the writer only.
 */
final class Line {
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
    private boolean closed;

    /** A partition whose batch was refused alone: under which capture, and until when it waits for a newer one. */
    private record Refusal(long capture, long until) {}

    Line(Duration patience) {
        this.patience = patience.toNanos();
    }

    synchronized void add(Batch batch) {
        queue.addLast(batch);
        notifyAll();
    }

    synchronized void openDoor(int partition, Tenure tenure) {
        doors.put(partition, tenure);
        parked.remove(partition);
        alone.remove(partition);
    }

    /** The group metadata was captured anew: what was refused under the older one may be tried again. */
    synchronized void captured() {
        captures++;
        notifyAll();
    }

    /** Whether, within the bound, no transaction that holds the partition was open any more. */
    synchronized boolean shutDoor(int partition, Duration bound) {
        doors.remove(partition);
        parked.remove(partition);
        long deadline = System.nanoTime() + bound.toNanos();
        while (underWay.contains(partition)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            await(left);
        }
        return true;
    }

    /** Waits without bound; for after the producer was given up, which ends its transaction at once. */
    synchronized void awaitIdle(int partition) {
        while (underWay.contains(partition)) {
            await(100);
        }
    }

    synchronized void shutAllDoors() {
        doors.clear();
        parked.clear();
    }

    /** What may share the next transaction; waits until there is something. Empty when closed or nothing is left of it. */
    synchronized List<Batch> take() {
        List<Batch> group = List.of();
        List<Batch> dropped = new ArrayList<>();
        List<Batch> refused = new ArrayList<>();
        while (!closed && group.isEmpty()) {
            group = collect(dropped, refused);
            if (!dropped.isEmpty() || !refused.isEmpty()) {
                break;
            }
            if (group.isEmpty()) {
                await(queue.isEmpty() ? 1000 : 20);
            }
        }
        underWay = new HashSet<>(group.stream().map(Batch::partition).toList());
        dropped.forEach(b -> b.done().accept(CommitResult.DROPPED));
        refused.forEach(b -> b.done().accept(CommitResult.REFUSED));
        return group;
    }

    private List<Batch> collect(List<Batch> dropped, List<Batch> refused) {
        List<Batch> group = new ArrayList<>();
        Set<Integer> held = new HashSet<>();
        int bytes = 0;
        Iterator<Batch> batches = queue.iterator();
        while (batches.hasNext() && group.size() < MAX_BATCHES) {
            Batch batch = batches.next();
            if (!batch.tenure().equals(doors.get(batch.partition()))) {
                batches.remove();
                dropped.add(batch);
            } else if (givenUp(batch.partition())) {
                batches.remove();
                refused.add(batch);
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
        return group;
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

    private boolean givenUp(int partition) {
        Refusal refusal = parked.get(partition);
        return refusal != null && System.nanoTime() - refusal.until() > 0;
    }

    /** The transaction of these is over. */
    void finish(List<Batch> group, CommitResult result) {
        synchronized (this) {
            underWay = Set.of();
            if (result == CommitResult.COMMITTED) {
                group.forEach(b -> {
                    alone.remove(b.partition());
                    parked.remove(b.partition());
                });
            }
            notifyAll();
        }
        group.forEach(b -> b.done().accept(result));
    }

    /** The transaction was rolled back for a reason that passes. */
    synchronized void again(List<Batch> group) {
        underWay = Set.of();
        for (int i = group.size() - 1; i >= 0; i--) {
            queue.addFirst(group.get(i));
        }
        notifyAll();
    }

    /** The broker refused the positions: with several partitions each is tried alone; a single one waits or is given back. */
    void refused(List<Batch> group) {
        Set<Integer> partitions = new HashSet<>(group.stream().map(Batch::partition).toList());
        boolean proof = group.stream().allMatch(b -> b.kind().isTakeover());
        synchronized (this) {
            if (partitions.size() > 1) {
                alone.addAll(partitions);
                again(group);
                return;
            }
            if (!proof) {
                int partition = partitions.iterator().next();
                Refusal before = parked.get(partition);
                parked.put(partition,
                        new Refusal(captures, before == null ? System.nanoTime() + patience : before.until()));
                again(group);
                return;
            }
        }
        finish(group, CommitResult.REFUSED);
    }

    void dropAll() {
        List<Batch> all;
        synchronized (this) {
            all = new ArrayList<>(queue);
            queue.clear();
        }
        all.forEach(b -> b.done().accept(CommitResult.DROPPED));
    }

    synchronized Collection<Batch> waiting() {
        return List.copyOf(queue);
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** One turn of waiting; every caller stands in a loop over its condition. */
    @SuppressWarnings("WaitNotInLoop")
    private void await(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }
}
