package io.wafleet.worker.simulation;

import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.log.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The broker's side of transactions: producers with their epochs, what they have open, and the markers that end it, which reach each
 * log in their own time. A producer's epoch grows with each transaction's end, so nothing late finds its way into the next one.
 */
final class TransactionCoordinator {
    /** What the broker makes of a request. */
    enum Answer {
        OK, FENCED, REFUSED
    }

    /**
     * A position in a partition's commands.
     *
     * @param order of arrival: the later one stands, whichever is committed last
     */
    record Position(long value, long order) {}

    private enum State {
        IDLE, OPEN, ENDING
    }

    private static final class ProducerState {
        private final TransactionalId id;
        private int epoch;
        private boolean takenOver;
        private State state = State.IDLE;
        private long begun;
        private final Map<PartitionLog, List<Stored>> written = new LinkedHashMap<>();
        private final Map<Integer, Position> positions = new LinkedHashMap<>();
        /** The epoch of the last end that was asked for, so that asking twice is answered alike; -1: none. */
        private int endedEpoch = -1;
        private boolean endedByCommit;

        ProducerState(TransactionalId id) {
            this.id = id;
        }
    }

    private final Scheduler scheduler;
    private final Chance chance;
    private final Network network;
    private final BiConsumer<PartitionLog, List<Stored>> committed;
    private final BiConsumer<Integer, Position> position;
    private final Trace trace;
    private long arrivals;
    private final long timeout;
    private final long cleanUpInterval;
    private final Map<TransactionalId, ProducerState> producers = new HashMap<>();

    /**
     * @param cleanUpInterval how often the broker looks for transactions that took too long
     * @param committed told of records when they become committed
     * @param position told of positions when they become committed
     */
    TransactionCoordinator(Scheduler scheduler, Chance chance, Network network, long timeout, long cleanUpInterval,
            BiConsumer<PartitionLog, List<Stored>> committed, BiConsumer<Integer, Position> position, Trace trace) {
        this.scheduler = scheduler;
        this.chance = chance;
        this.network = network;
        this.timeout = timeout;
        this.cleanUpInterval = cleanUpInterval;
        this.committed = committed;
        this.position = position;
        this.trace = trace;
        scheduler.after(chance.millis(0, cleanUpInterval / 1e6), this::cleanUp);
    }

    /**
     * Takes a transactional id over: rolls back what is open, and refuses all who had it before.
     *
     * @param taken told when that ends the power of whoever had it before
     * @return the new epoch; null while a transaction is ending
     */
    @Nullable
    Integer initialize(TransactionalId id, Runnable taken) {
        ProducerState producer = producers.computeIfAbsent(id, ProducerState::new);
        if (producer.state != State.ENDING && !producer.takenOver) {
            producer.takenOver = producer.epoch > 0;
            taken.run();
        }
        return switch (producer.state) {
            case IDLE -> {
                producer.endedEpoch = -1;
                yield ++producer.epoch;
            }
            case OPEN -> {
                producer.endedEpoch = -1;
                producer.epoch++;
                end(producer, false);
                yield null;
            }
            case ENDING -> null;
        };
    }

    /** Appends records to a log, within the open transaction or one that begins with them. */
    @Nullable
    Answer append(TransactionalId id, int epoch, PartitionLog log, List<Entry> entries) {
        ProducerState producer = producers.get(id);
        if (producer == null || producer.epoch != epoch) {
            return Answer.FENCED;
        }
        if (producer.state == State.ENDING) {
            return null;
        }
        open(producer);
        if (!producer.written.containsKey(log)) {
            producer.written.put(log, log.append(id, entries, scheduler.now()));
        }
        return Answer.OK;
    }

    /** Adds positions, which the group has accepted, to the transaction. */
    @Nullable
    Answer positions(TransactionalId id, int epoch, Map<Integer, Long> positions) {
        ProducerState producer = producers.get(id);
        if (producer == null || producer.epoch != epoch) {
            return Answer.FENCED;
        }
        if (producer.state == State.ENDING) {
            return null;
        }
        open(producer);
        positions.forEach((partition, value) -> producer.positions.put(partition, new Position(value, arrivals++)));
        return Answer.OK;
    }

    private void open(ProducerState producer) {
        if (producer.state == State.IDLE) {
            producer.state = State.OPEN;
            producer.begun = scheduler.now();
        }
    }

    /** Ends the transaction; answered as soon as that is decided, before the markers are written. */
    @Nullable
    Answer end(TransactionalId id, int epoch, boolean commit) {
        ProducerState producer = producers.get(id);
        if (producer == null) {
            return Answer.FENCED;
        }
        if (producer.endedEpoch == epoch) {
            return producer.endedByCommit == commit ? Answer.OK : Answer.FENCED;
        }
        if (producer.epoch != epoch) {
            return Answer.FENCED;
        }
        if (producer.state == State.ENDING) {
            return null;
        }
        producer.endedEpoch = epoch;
        producer.endedByCommit = commit;
        producer.epoch++;
        if (producer.state == State.OPEN) {
            end(producer, commit);
        }
        return Answer.OK;
    }

    private void end(ProducerState producer, boolean commit) {
        trace.note(producer.id, commit ? "commits" : "is rolled back", producer.written.keySet());
        producer.state = State.ENDING;
        List<Runnable> markers = new ArrayList<>();
        producer.written.forEach((log, records) -> markers.add(() -> {
            log.marker();
            records.forEach(r -> r.state = commit ? Stored.State.COMMITTED : Stored.State.ABORTED);
            if (commit) {
                committed.accept(log, records);
            }
        }));
        Map<Integer, Position> positions = Map.copyOf(producer.positions);
        if (commit) {
            markers.add(() -> positions.forEach(position));
        }
        producer.written.clear();
        producer.positions.clear();
        int[] open = {markers.size()};
        if (markers.isEmpty()) {
            producer.state = State.IDLE;
        }
        markers.forEach(marker -> mark(() -> {
            marker.run();
            if (--open[0] == 0) {
                producer.state = State.IDLE;
            }
        }));
    }

    private void mark(Runnable marker) {
        scheduler.after(chance.oneIn(30) ? chance.millis(5, 80) : chance.millis(0.2, 4), () -> {
            if (network.isDown()) {
                mark(marker);
            } else {
                marker.run();
            }
        });
    }

    private void cleanUp() {
        if (!network.isDown()) {
            for (ProducerState producer : producers.values()) {
                if (producer.state == State.OPEN && scheduler.now() - producer.begun > timeout) {
                    trace.note(producer.id, "took too long");
                    producer.epoch++;
                    end(producer, false);
                }
            }
        }
        scheduler.after(cleanUpInterval, this::cleanUp);
    }
}
