package io.wafleet.cli.bench;

import io.wafleet.cli.fleet.FleetProcess;
import io.wafleet.cli.fleet.ProcessFleet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A group of {@link BareMember}s that suffers what the workers suffer: what Kafka alone needs is the floor of every failover.
 * Thread-safe.
 */
final class FloorGroup {
    private final ProcessFleet fleet;
    private final int partitions;
    private final Map<String, FleetProcess> members = new LinkedHashMap<>();
    private final Map<Integer, String> owners = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private int started;

    /** A partition given to a member, or taken from it. */
    private record Change(String member, int partition, boolean isGiven, long nanos) {}

    /**
     * What Kafka alone needed.
     *
     * @param lastMs event to the last partition assigned that had to move
     * @param gapMs the longest that one of these had no owner
     */
    record Floor(long lastMs, long gapMs) {}

    FloorGroup(ProcessFleet fleet) {
        this.fleet = fleet;
        this.partitions = fleet.kafka().partitions();
    }

    /** One more member. */
    synchronized String start() {
        String name = "member-" + ++started;
        members.put(name, fleet.startTold(name, line -> said(name, line), "bench-member"));
        return name;
    }

    private void said(String member, String line) {
        long now = System.nanoTime();
        String[] words = line.strip().split(" ");
        boolean isGiven = words[0].equals("assigned");
        if (!isGiven && !words[0].equals("revoked") && !words[0].equals("lost")) {
            return;
        }
        synchronized (this) {
            Arrays.stream(words).skip(1).map(Integer::valueOf).forEach(p -> {
                changes.add(new Change(member, p, isGiven, now));
                if (isGiven) {
                    owners.put(p, member);
                } else {
                    owners.remove(p, member);
                }
            });
        }
    }

    /** Until its members hold all partitions, each its share. */
    void awaitBalance() {
        fleet.await("the bare group is balanced", this::isBalanced);
    }

    private synchronized boolean isBalanced() {
        return owners.size() == partitions
                && members.keySet().stream().allMatch(m -> owned(m).size() >= partitions / members.size());
    }

    private synchronized Set<Integer> owned(String member) {
        Set<Integer> owned = new HashSet<>();
        owners.forEach((partition, owner) -> {
            if (owner.equals(member)) {
                owned.add(partition);
            }
        });
        return owned;
    }

    /** Makes the event happen to the oldest member, or to a new one, and measures; the group has its size again afterwards, unbalanced. */
    Floor suffer(FailoverKind kind) {
        String oldest = members.keySet().iterator().next();
        return switch (kind) {
            case KILL -> strike(oldest, FleetProcess::kill, true);
            case TERM -> strike(oldest, FleetProcess::terminate, false);
            case STOP -> freeze(oldest);
            case JOIN -> join(oldest);
        };
    }

    private Floor strike(String victim, java.util.function.Consumer<FleetProcess> blow, boolean isSudden) {
        Set<Integer> moving = owned(victim);
        FleetProcess process = leave(victim);
        long event = System.nanoTime();
        blow.accept(process);
        Floor floor = measured(event, moving, isSudden);
        start();
        return floor;
    }

    private Floor freeze(String victim) {
        Set<Integer> moving = owned(victim);
        FleetProcess process = fleet.process(victim);
        long event = System.nanoTime();
        process.freeze();
        Floor floor = measured(event, moving, true);
        process.wake();
        return floor;
    }

    private Floor join(String oldest) {
        long event = System.nanoTime();
        String joiner = start();
        awaitBalance();
        Floor floor = measured(event, owned(joiner), false);
        leave(oldest).terminate();
        return floor;
    }

    private synchronized FleetProcess leave(String member) {
        FleetProcess process = members.remove(member);
        if (process == null) {
            throw new IllegalArgumentException(member);
        }
        return process;
    }

    private Floor measured(long event, Set<Integer> moving, boolean isSudden) {
        fleet.await("the bare group's partitions have moved",
                () -> moving.stream().allMatch(p -> assignedAfter(event, p) != 0));
        long last = moving.stream().mapToLong(p -> assignedAfter(event, p)).max().orElse(event);
        LongSupplier gap = () -> moving.stream()
                .mapToLong(p -> assignedAfter(event, p) - (isSudden ? event : takenAfter(event, p))).max().orElse(0);
        return new Floor(ms(last - event), ms(gap.getAsLong()));
    }

    private synchronized long assignedAfter(long event, int partition) {
        return changes.stream().filter(c -> c.isGiven() && c.partition() == partition && c.nanos() - event > 0)
                .mapToLong(Change::nanos).findFirst().orElse(0);
    }

    private synchronized long takenAfter(long event, int partition) {
        return changes.stream().filter(c -> !c.isGiven() && c.partition() == partition && c.nanos() - event > 0)
                .mapToLong(Change::nanos).findFirst().orElse(event);
    }

    private static long ms(long nanos) {
        return nanos / 1_000_000;
    }
}
