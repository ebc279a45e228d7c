package io.wafleet.worker.simulation;

import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.log.Batch;
import io.wafleet.worker.log.Batch.CommitResult;
import io.wafleet.worker.log.BatchLine;
import io.wafleet.worker.log.BatchLine.Settled;
import io.wafleet.worker.log.FencedLog;
import io.wafleet.worker.ownership.Tenure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Drives the real {@link BatchLine} with the steps of {@code TransactionalWriter}, each on its own. */
final class SimulatedWriter implements FencedLog {
    private static final long GAP = 4_000_000;
    private static final long AFTER_FAILURE = 100_000_000;
    private static final long TICK = 20_000_000;
    private static final long LEFTOVERS = 60_000_000_000L;
    private static final long MAX_BLOCK = 5_000_000_000L;

    /** Hears of the writer. */
    interface Listener {
        /** An id will be written under. */
        void named(TransactionalId id);

        /** The broker accepts a proof. */
        void proved(int partition);

        void replaced();
    }

    private final Host host;
    private final Chance chance;
    private final Broker broker;
    private final Sabotage sabotage;
    private final Listener listener;
    private final Trace trace;
    private final BatchLine line = new BatchLine(WorldSettings.TIMINGS.session());
    private final Map<Integer, CompletableFuture<Void>> shutting = new TreeMap<>();
    /** What waits for the next producer. */
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int incarnations;
    private TransactionalId newest;
    private @Nullable SimulatedProducer current;
    private @Nullable Metadata captured;
    private boolean idle = true;
    private boolean closed;

    SimulatedWriter(Host host, Chance chance, Broker broker, Sabotage sabotage, Listener listener, Trace trace) {
        this.host = host;
        this.chance = chance;
        this.broker = broker;
        this.sabotage = sabotage;
        this.listener = listener;
        this.trace = trace;
        this.newest = newId();
    }

    private TransactionalId newId() {
        return new TransactionalId(host.name() + "-" + incarnations++);
    }

    @Override
    public void append(Batch batch) {
        if (closed) {
            return;
        }
        if (sabotage == Sabotage.NO_PROOF && batch.kind() == Batch.Kind.PROOF) {
            withProducer(() -> host.after(chance.hop(), () -> batch.done().accept(CommitResult.COMMITTED)));
            return;
        }
        line.add(batch);
        if (idle) {
            idle = false;
            host.after(chance.hop(), this::take);
        }
    }

    @Override
    public void openDoor(int partition, Tenure tenure) {
        line.openDoor(partition, tenure);
    }

    @Override
    public CompletableFuture<Void> shutDoor(int partition) {
        line.shutDoor(partition);
        if (!line.isUnderWay(partition) || sabotage == Sabotage.NO_BARRIER) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> shut = shutting.computeIfAbsent(partition, _ -> new CompletableFuture<>());
        host.after(WorldSettings.HANDOVER_BOUND.toNanos(), () -> {
            if (!shut.isDone() && line.isUnderWay(partition)) {
                trace.note(host, "gives its producer up for the door of", partition);
                abandon();
            }
        });
        return shut;
    }

    @Override
    public TransactionalId incarnation() {
        SimulatedProducer now = current;
        return now == null ? newest : now.id();
    }

    void capture(Metadata metadata) {
        trace.note(host, "captures", metadata);
        captured = metadata;
        line.captured();
    }

    private void abandon() {
        SimulatedProducer now = current;
        if (now != null) {
            now.abandon();
        }
    }

    private void take() {
        if (closed) {
            return;
        }
        if (line.isEmpty()) {
            idle = true;
            return;
        }
        BatchLine.Next next = line.next(host.nanos());
        next.over().forEach(Settled::tell);
        if (next.group().isEmpty()) {
            host.after(TICK, this::take);
        } else {
            withProducer(() -> write(next.group()));
        }
    }

    /** As the real one waits for its new producer as long as it takes. */
    private void withProducer(Runnable then) {
        if (current != null) {
            then.run();
            return;
        }
        waiting.addLast(then);
        if (waiting.size() == 1) {
            newest = newId();
            listener.named(newest);
            initialize(newest);
        }
    }

    private void initialize(TransactionalId id) {
        broker.network().call(host, 0, MAX_BLOCK, () -> broker.transactions().initialize(id, () -> {
        }), epoch -> host.after(chance.hop(), () -> {
            current = new SimulatedProducer(id, epoch, host, chance, broker, sabotage == Sabotage.POSITION_FIRST,
                    listener::proved);
            while (!waiting.isEmpty()) {
                waiting.removeFirst().run();
            }
        }), () -> host.after(AFTER_FAILURE, () -> initialize(id)));
    }

    private void write(List<Batch> group) {
        SimulatedProducer producer = current;
        Metadata metadata = captured;
        if (producer == null || metadata == null) {
            settle(line.finished(group, CommitResult.DROPPED));
            host.after(GAP, this::take);
            return;
        }
        producer.commit(group, metadata, result -> written(producer, group, metadata, result));
    }

    private void written(SimulatedProducer producer, List<Batch> group, Metadata metadata,
            SimulatedProducer.Result result) {
        if (trace.isOn()) {
            trace.note(producer.id(), "wrote", group.stream().map(b -> b.partition() + ":" + b.kind()).toList(), "with",
                    metadata, "->", result);
        }
        switch (result) {
            case COMMITTED -> {
                settle(line.finished(group, CommitResult.COMMITTED));
                host.after(GAP + chance.hop(), this::take);
            }
            case REFUSED -> {
                settle(line.refused(group, host.nanos()));
                host.after(GAP + chance.hop(), this::take);
            }
            case ROLLED_BACK -> {
                line.rolledBack(group);
                settle(List.of());
                host.after(AFTER_FAILURE + GAP, this::take);
            }
            case FENCED, UNKNOWN -> replace(producer, group);
        }
    }

    private void replace(SimulatedProducer producer, List<Batch> group) {
        current = null;
        line.shutAllDoors();
        List<Settled> all = new ArrayList<>(line.finished(group, CommitResult.UNKNOWN));
        all.addAll(line.dropAll());
        settle(all);
        producer.abandon();
        broker.network().call(host, 0, LEFTOVERS, () -> broker.transactions().initialize(producer.id(), () -> {
        }), _ -> {
        }, () -> {
        });
        withProducer(() -> {
            listener.replaced();
            host.after(GAP, this::take);
        });
    }

    private void settle(List<Settled> over) {
        shutting.entrySet().removeIf(door -> {
            boolean shut = !line.isUnderWay(door.getKey());
            if (shut) {
                host.after(chance.hop(), () -> door.getValue().complete(null));
            }
            return shut;
        });
        over.forEach(Settled::tell);
    }

    void close() {
        closed = true;
        abandon();
        line.dropAll().forEach(Settled::tell);
        List.copyOf(shutting.values()).forEach(shut -> shut.complete(null));
    }
}
