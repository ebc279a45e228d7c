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
import org.jspecify.annotations.Nullable;

/**
 * Who owns which partition: the worker of the newest claim, while a heartbeat of the incarnation that made it, with that epoch,
 * <em>arrived</em> within its lease. Only arrivals after catch-up count, on this process's monotonic clock: a replayed heartbeat
 * of a dead worker says what it held, never that it lives; one whose sequence did not grow says nothing at all. What a heartbeat
 * says of time is never looked at. Thread-safe; time enters as nanoseconds.
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

    /** A claim was told, by itself or by what somebody wrote under its epoch. Older ones than known change nothing. */
    public synchronized void claimed(int partition, Epoch epoch, WorkerId worker, long nowNanos) {
        Tenure known = tenures.get(partition);
        if (known == null || known.epoch().isOlderThan(epoch)) {
            tenures.put(partition, Tenure.heardOf(epoch, worker, nowNanos, known));
        }
    }

    /** The owner gave the partition up. */
    public synchronized void released(int partition, Epoch epoch, WorkerId worker, long nowNanos) {
        claimed(partition, epoch, worker, nowNanos);
        tenures.computeIfPresent(partition, (p, t) -> t.epoch().equals(epoch) ? t.releasedAt(nowNanos) : t);
    }

    /**
     * @param live whether it was certainly written just now; others do not count as a sign of life
     */
    public synchronized void heartbeat(WorkerHeartbeat heartbeat, boolean live, long nowNanos) {
        Sign known = signs.get(heartbeat.worker());
        if (known != null && known.isRepeatedBy(heartbeat)) {
            return;
        }
        Sign sign = Sign.of(heartbeat, live, nowNanos, known);
        signs.put(heartbeat.worker(), sign);
        heartbeat.partitions().forEach((partition, epoch) -> {
            claimed(partition, epoch, heartbeat.worker(), nowNanos);
            tenures.computeIfPresent(partition,
                    (p, t) -> t.isToldBy(heartbeat, epoch) ? t.heard(sign, live, nowNanos) : t);
        });
    }

    /**
     * The worker said good-bye: what it held is without owner. Not for good: the name may already be another process's, which then
     * goes on to beat.
     */
    public synchronized void exited(WorkerId worker, long nowNanos) {
        signs.remove(worker);
        tenures.replaceAll((p, t) -> t.worker().equals(worker) ? t.silentAt(nowNanos) : t);
    }

    public synchronized Ownership of(int partition, long nowNanos) {
        Tenure tenure = tenures.get(partition);
        if (tenure == null) {
            return new Ownership.None(startNanos);
        }
        Sign sign = signs.get(tenure.worker());
        boolean alive = sign != null && sign.aliveAt(nowNanos) && tenure.isHeldBy(partition, sign);
        return alive
                ? new Ownership.Live(tenure.worker(), tenure.epoch(), tenure.sinceNanos())
                : new Ownership.None(Math.min(nowNanos, tenure.aliveUntilNanos().orElse(startNanos)));
    }

    /** Every worker that has not said good-bye, by name. */
    public synchronized List<SeenWorker> workers(long nowNanos) {
        return signs.values().stream()
                .map(s -> new SeenWorker(s.heartbeat, s.ageNanos(nowNanos), s.aliveAt(nowNanos)))
                .sorted(Comparator.comparing(w -> w.heartbeat().worker())).toList();
    }

    /**
     * A worker's latest heartbeat.
     *
     * @param arrivedNanos when its incarnation last gave a sign of life
     */
    private record Sign(WorkerHeartbeat heartbeat, OptionalLong arrivedNanos) {
        static Sign of(WorkerHeartbeat heartbeat, boolean live, long nowNanos, @Nullable Sign known) {
            if (live) {
                return new Sign(heartbeat, OptionalLong.of(nowNanos));
            }
            return new Sign(heartbeat,
                    known != null && known.heartbeat.incarnation().equals(heartbeat.incarnation())
                            ? known.arrivedNanos
                            : OptionalLong.empty());
        }

        /** Read again, or written twice: no news. */
        boolean isRepeatedBy(WorkerHeartbeat other) {
            return heartbeat.incarnation().equals(other.incarnation()) && other.sequence() <= heartbeat.sequence();
        }

        boolean aliveAt(long nowNanos) {
            return arrivedNanos.isPresent() && nowNanos - arrivedNanos.getAsLong() <= leaseNanos();
        }

        long leaseNanos() {
            return TimeUnit.MILLISECONDS.toNanos(heartbeat.leaseMs());
        }

        OptionalLong ageNanos(long nowNanos) {
            return arrivedNanos.isPresent()
                    ? OptionalLong.of(nowNanos - arrivedNanos.getAsLong())
                    : OptionalLong.empty();
        }
    }

    /**
     * The newest claim of a partition.
     *
     * @param incarnation of the process that told it in a heartbeat; null before the first
     * @param sinceNanos when this view heard of it
     * @param aliveUntilNanos how far the partition's last sign of life reaches, whoever gave it
     */
    private record Tenure(Epoch epoch, WorkerId worker, @Nullable String incarnation, boolean released, long sinceNanos,
            OptionalLong aliveUntilNanos) {
        static Tenure heardOf(Epoch epoch, WorkerId worker, long nowNanos, @Nullable Tenure former) {
            return new Tenure(epoch, worker, null, false, nowNanos,
                    former == null ? OptionalLong.empty() : former.aliveUntilNanos);
        }

        boolean isToldBy(WorkerHeartbeat heartbeat, Epoch claim) {
            return epoch.equals(claim) && worker.equals(heartbeat.worker());
        }

        /** An epoch is one process's: whoever tells it first is bound to it. */
        Tenure heard(Sign sign, boolean live, long nowNanos) {
            String teller = sign.heartbeat.incarnation();
            boolean counts = live && !released && (incarnation == null || incarnation.equals(teller));
            return new Tenure(epoch, worker, incarnation == null ? teller : incarnation, released, sinceNanos,
                    counts ? OptionalLong.of(nowNanos + sign.leaseNanos()) : aliveUntilNanos);
        }

        Tenure releasedAt(long nanos) {
            return new Tenure(epoch, worker, incarnation, true, sinceNanos, OptionalLong.of(nanos));
        }

        Tenure silentAt(long nanos) {
            return released ? this : new Tenure(epoch, worker, incarnation, false, sinceNanos, OptionalLong.of(nanos));
        }

        boolean isHeldBy(int partition, Sign sign) {
            return !released && sign.heartbeat.incarnation().equals(incarnation)
                    && epoch.equals(sign.heartbeat.partitions().get(partition));
        }
    }
}
