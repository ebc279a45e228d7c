package io.wafleet.worker.simulation;

import io.wafleet.contract.Topic;
import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.log.Batch;
import io.wafleet.worker.log.Entry;
import io.wafleet.worker.simulation.TransactionCoordinator.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation of the producer, with the steps of {@code ProducerIncarnation}: records, their acknowledgements, positions, commit.
 * The process may be stopped, cut off or dead between any two.
 */
final class SimulatedProducer {
    /** How a transaction ended, as there. */
    enum Result {
        COMMITTED, REFUSED, ROLLED_BACK, FENCED, UNKNOWN
    }

    private static final long DELIVERY = 2_100_000_000L;
    private static final long MAX_BLOCK = 5_000_000_000L;

    private final TransactionalId id;
    private final Host host;
    private final Chance chance;
    private final Broker broker;
    private final boolean positionFirst;
    private final Consumer<Integer> proved;
    private int epoch;
    private boolean abandoned;
    private @Nullable Attempt underWay;

    /**
     * @param positionFirst whether positions do not wait for the records
     * @param proved told when the broker accepts a proof
     */
    SimulatedProducer(TransactionalId id, int epoch, Host host, Chance chance, Broker broker, boolean positionFirst,
            Consumer<Integer> proved) {
        this.id = id;
        this.epoch = epoch;
        this.host = host;
        this.chance = chance;
        this.broker = broker;
        this.positionFirst = positionFirst;
        this.proved = proved;
    }

    TransactionalId id() {
        return id;
    }

    void commit(List<Batch> batches, Metadata metadata, Consumer<Result> done) {
        Attempt attempt = new Attempt(batches, metadata, done);
        underWay = attempt;
        if (abandoned) {
            attempt.over(Result.FENCED);
        } else {
            attempt.begin();
        }
    }

    /** Whatever it is doing fails; what was sent may still arrive. */
    void abandon() {
        abandoned = true;
        Attempt attempt = underWay;
        if (attempt != null) {
            attempt.over(attempt.committing ? Result.UNKNOWN : Result.FENCED);
        }
    }

    private final class Attempt {
        private final List<Batch> batches;
        private final Metadata metadata;
        private final Consumer<Result> done;
        private int unacknowledged;
        /** Of a claim, the journal's records go first. */
        private int unacknowledgedJournals;
        private final List<Runnable> afterJournals = new ArrayList<>();
        private boolean positionsAccepted;
        private boolean committing;
        private boolean over;

        Attempt(List<Batch> batches, Metadata metadata, Consumer<Result> done) {
            this.batches = batches;
            this.metadata = metadata;
            this.done = done;
        }

        void begin() {
            Map<PartitionLog, List<Entry>> records = new LinkedHashMap<>();
            for (Batch batch : batches) {
                for (Entry entry : batch.entries()) {
                    records.computeIfAbsent(broker.log(entry.topic(), batch.partition()), _ -> new ArrayList<>())
                            .add(entry);
                }
            }
            if (records.isEmpty()) {
                sendPositions();
                return;
            }
            unacknowledged = records.size();
            if (positionFirst) {
                sendPositions();
            }
            boolean journalFirst = batches.getFirst().kind().isTakeover() && !positionFirst;
            records.forEach((log, entries) -> {
                if (!journalFirst || log.topic() == Topic.JOURNAL) {
                    unacknowledgedJournals++;
                    append(log, entries);
                } else {
                    afterJournals.add(() -> append(log, entries));
                }
            });
        }

        private void append(PartitionLog log, List<Entry> entries) {
            call(slowness(), DELIVERY, () -> broker.transactions().append(id, epoch, log, entries), this::acknowledged);
        }

        private long slowness() {
            if (host.isSluggish()) {
                return chance.oneIn(3) ? chance.millis(0, 1000) : chance.millis(0, 200);
            }
            return chance.oneIn(150) ? chance.millis(0, 150) : 0;
        }

        private void acknowledged(Answer answer) {
            if (answer != Answer.OK) {
                over(Result.FENCED);
                return;
            }
            if (--unacknowledgedJournals == 0) {
                afterJournals.forEach(Runnable::run);
                afterJournals.clear();
            }
            if (--unacknowledged == 0) {
                if (!positionFirst) {
                    sendPositions();
                } else if (positionsAccepted) {
                    end();
                }
            }
        }

        private void sendPositions() {
            Map<Integer, Long> positions = new LinkedHashMap<>();
            batches.forEach(b -> positions.put(b.partition(), b.position()));
            Set<Integer> partitions = positions.keySet();
            call(0, MAX_BLOCK, () -> {
                if (!broker.group().accepts(metadata.member(), metadata.epoch(), partitions)) {
                    return Answer.REFUSED;
                }
                Answer answer = broker.transactions().positions(id, epoch, positions);
                if (answer == Answer.OK) {
                    batches.stream().filter(b -> b.kind() == Batch.Kind.PROOF).map(Batch::partition).forEach(proved);
                }
                return answer;
            }, answer -> {
                switch (answer) {
                    case OK -> {
                        positionsAccepted = true;
                        if (unacknowledged == 0) {
                            end();
                        }
                    }
                    case REFUSED -> rollBack(Result.REFUSED);
                    case FENCED -> over(Result.FENCED);
                }
            });
        }

        private void end() {
            committing = true;
            end(() -> end(() -> over(Result.UNKNOWN)));
        }

        private void end(Runnable noAnswer) {
            ask(0, MAX_BLOCK, () -> broker.transactions().end(id, epoch, true), answer -> {
                if (answer == Answer.OK) {
                    epoch++;
                    over(Result.COMMITTED);
                } else {
                    over(Result.UNKNOWN);
                }
            }, noAnswer);
        }

        private void rollBack(Result result) {
            ask(0, MAX_BLOCK, () -> broker.transactions().end(id, epoch, false), answer -> {
                if (answer == Answer.OK) {
                    epoch++;
                    over(result);
                } else {
                    over(Result.FENCED);
                }
            }, () -> over(Result.FENCED));
        }

        private void call(long slowness, long patience, Supplier<@Nullable Answer> atBroker,
                Consumer<Answer> answered) {
            ask(slowness, patience, atBroker, answered, () -> rollBack(Result.ROLLED_BACK));
        }

        private void ask(long slowness, long patience, Supplier<@Nullable Answer> atBroker, Consumer<Answer> answered,
                Runnable gaveUp) {
            broker.network().call(host, slowness, patience, atBroker,
                    answer -> host.after(chance.hop(), () -> unlessOver(() -> answered.accept(answer))),
                    () -> unlessOver(gaveUp));
        }

        private void unlessOver(Runnable then) {
            if (!over) {
                then.run();
            }
        }

        private void over(Result result) {
            if (!over) {
                over = true;
                host.after(chance.hop(), () -> done.accept(result));
            }
        }
    }
}
