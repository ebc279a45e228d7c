package io.wafleet.worker.simulation;

import io.wafleet.contract.Topic;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The broker: logs, transactions, the group. It may restart: what it has stored stays. */
final class Broker {
    private final Scheduler scheduler;
    private final Network network;
    private final Trace trace;
    private final Map<Topic, PartitionLog[]> logs = new EnumMap<>(Topic.class);
    private final Map<Integer, TransactionCoordinator.Position> positions = new HashMap<>();
    private final TransactionCoordinator transactions;
    private final GroupCoordinator group;

    Broker(WorldSettings settings, Scheduler scheduler, Chance chance, Network network, Promises promises,
            Trace trace) {
        this.scheduler = scheduler;
        this.network = network;
        this.trace = trace;
        for (Topic topic : new Topic[]{Topic.COMMANDS, Topic.EVENTS, Topic.REPLIES, Topic.JOURNAL,
            Topic.DEAD_LETTERS}) {
            PartitionLog[] all = new PartitionLog[settings.partitions()];
            for (int p = 0; p < all.length; p++) {
                all[p] = new PartitionLog(topic, p);
            }
            logs.put(topic, all);
        }
        this.transactions = new TransactionCoordinator(scheduler, chance, network, settings.session(),
                settings.cleanUpInterval(), promises::committed, this::position, trace);
        this.group = new GroupCoordinator(scheduler, network, trace, settings.partitions(), settings.session(),
                settings.maxPoll());
    }

    PartitionLog log(Topic topic, int partition) {
        PartitionLog[] all = logs.get(topic);
        if (all == null) {
            throw new IllegalArgumentException("nobody writes " + topic + " here");
        }
        return all[partition];
    }

    TransactionCoordinator transactions() {
        return transactions;
    }

    GroupCoordinator group() {
        return group;
    }

    Network network() {
        return network;
    }

    private void position(int partition, TransactionCoordinator.Position position) {
        positions.merge(partition, position, (a, b) -> a.order() > b.order() ? a : b);
    }

    /** The group's position in the commands of a partition. */
    long position(int partition) {
        TransactionCoordinator.Position position = positions.get(partition);
        return position == null ? 0 : position.value();
    }

    /** Compacts a journal up to somewhere. */
    void compact(int partition, Chance chance) {
        PartitionLog journal = log(Topic.JOURNAL, partition);
        journal.compact((long) (journal.end() * chance.unit()) + 1, scheduler.now());
    }

    void restart(long downFor) {
        if (network.isDown()) {
            return;
        }
        trace.note("broker is down");
        network.down();
        scheduler.after(downFor, () -> {
            network.up();
            group.reload();
            trace.note("broker is up");
        });
    }
}
