package io.wafleet.gateway.view;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.contract.WorkerId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Who owns which partition: the worker of the newest claim, while a heartbeat of its with that epoch <em>arrived</em> within its
 * lease. Only arrivals after catch-up count, on this process's monotonic clock: a replayed heartbeat of a dead worker says what
 * it held, never that it lives. Thread-safe; time enters as nanoseconds.
 */
public final class OwnershipView {
    private final long startNanos;
    private final Map<Integer, Tenure> tenures = new HashMap<>();
    private final Map<WorkerId, Sign> signs = new HashMap<>();

    /**
     * @param startNanos the monotonic clock now
     */
    public OwnershipView(long startNanos) {
        this.startNanos = startNanos;
    }

    /**
     * A worker as its last heartbeat tells.
     *
     * @param ageNanos since the heartbeat arrived; empty when it was replayed from before the view caught up
     * @param alive whether that is within its lease
     */
    public record SeenWorker(WorkerHeartbeat heartbeat, OptionalLong ageNanos, boolean alive) {}

    /** The newest claim of a partition. */
    private record Tenure(Epoch epoch, WorkerId worker, boolean released, OptionalLong aliveUntilNanos) {
        Tenure aliveUntil(long nanos) {
            return new Tenure(epoch, worker, released, OptionalLong.of(nanos));
        }

        Tenure releasedAt(long nanos) {
            return new Tenure(epoch, worker, true, OptionalLong.of(nanos));
        }
    }

    private record Sign(WorkerHeartbeat heartbeat, OptionalLong arrivedNanos) {
        boolean aliveAt(long nowNanos) {
            return arrivedNanos.isPresent() && nowNanos - arrivedNanos.getAsLong() <= leaseNanos();
        }

        long leaseNanos() {
            return TimeUnit.MILLISECONDS.toNanos(heartbeat.leaseMs());
        }
    }

    /** A claim was told, by itself or by what somebody wrote under its epoch. Older ones than known change nothing. */
    public synchronized void claimed(int partition, Epoch epoch, WorkerId worker) {
        Tenure known = tenures.get(partition);
        if (known == null || known.epoch.isOlderThan(epoch)) {
            tenures.put(partition, new Tenure(epoch, worker, false,
                    known == null ? OptionalLong.empty() : known.aliveUntilNanos));
        }
    }

    /** The owner gave the partition up. */
    public synchronized void released(int partition, Epoch epoch, WorkerId worker, long nowNanos) {
        claimed(partition, epoch, worker);
        tenures.computeIfPresent(partition, (p, t) -> t.epoch.equals(epoch) ? t.releasedAt(nowNanos) : t);
    }

    /**
     * @param live whether it was written after the view had caught up; replayed ones do not count as a sign of life
     */
    public synchronized void heartbeat(WorkerHeartbeat heartbeat, boolean live, long nowNanos) {
        Sign sign = new Sign(heartbeat, live ? OptionalLong.of(nowNanos) : OptionalLong.empty());
        signs.put(heartbeat.worker(), sign);
        heartbeat.partitions().forEach((partition, epoch) -> {
            claimed(partition, epoch, heartbeat.worker());
            if (live) {
                tenures.computeIfPresent(partition,
                        (p, t) -> t.epoch.equals(epoch) && !t.released
                                ? t.aliveUntil(nowNanos + sign.leaseNanos())
                                : t);
            }
        });
    }

    /** The worker said good-bye: it holds nothing any more. */
    public synchronized void exited(WorkerId worker, long nowNanos) {
        signs.remove(worker);
        tenures.replaceAll((p, t) -> t.worker.equals(worker) && !t.released ? t.releasedAt(nowNanos) : t);
    }

    public synchronized Ownership of(int partition, long nowNanos) {
        Tenure tenure = tenures.get(partition);
        if (tenure == null) {
            return new Ownership.None(startNanos);
        }
        Sign sign = signs.get(tenure.worker);
        boolean alive = !tenure.released && sign != null && sign.aliveAt(nowNanos)
                && tenure.epoch.equals(sign.heartbeat.partitions().get(partition));
        return alive
                ? new Ownership.Live(tenure.worker, tenure.epoch)
                : new Ownership.None(Math.min(nowNanos, tenure.aliveUntilNanos.orElse(startNanos)));
    }

    /** Every worker that has not said good-bye, by name. */
    public synchronized List<SeenWorker> workers(long nowNanos) {
        return signs.values().stream().map(s -> new SeenWorker(s.heartbeat, age(s, nowNanos), s.aliveAt(nowNanos)))
                .sorted(Comparator.comparing(w -> w.heartbeat().worker())).toList();
    }

    private static OptionalLong age(Sign sign, long nowNanos) {
        return sign.arrivedNanos.isPresent()
                ? OptionalLong.of(nowNanos - sign.arrivedNanos.getAsLong())
                : OptionalLong.empty();
    }
}
