package io.wafleet.outbox.core;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.WorkerHeartbeat;
import io.wafleet.contract.WorkerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Whether the owner of a partition's newest claim lives: whether a heartbeat with that epoch arrived within the lease that it
 * grants. Only arrivals count, on this process's monotonic clock, and only of what was certainly written just now: while the reader
 * has lately read everything, and the heartbeat's sequence grew. What a heartbeat says of time is never looked at.
 *
 * <p>Silence counts only as far as the reader is known to have read everything, and only a lease after it began to see: while the
 * broker is away, and after a start, nobody is called dead. Written by the reader of {@code workers}, asked by the partitions'
 * threads; thread-safe.
 */
public final class OwnerWatch {
    private final long leaseNanos;
    private final Map<WorkerId, Heard> lastOf = new HashMap<>();
    private final Map<Integer, Arrival> arrivals = new HashMap<>();
    private boolean caughtUp;
    /** Until then the reader has read everything. */
    private long readUntilNanos;
    /** From then on it has done so without a hole. */
    private long seeingSinceNanos;

    /**
     * @param lease how long is waited for the first sign of life of a claim; a heartbeat says itself how long it counts
     */
    public OwnerWatch(Duration lease) {
        this.leaseNanos = lease.toNanos();
    }

    /** What is known of an owner. */
    public enum Verdict {
        /** A heartbeat of its claim arrived within the lease. */
        LIVES,
        /** None did, and one should have been seen. */
        SILENT,
        /** Too early to say. */
        UNKNOWN
    }

    /** The last heartbeat of a worker. */
    private record Heard(String incarnation, long sequence) {
        boolean isRepeatedBy(WorkerHeartbeat other) {
            return incarnation.equals(other.incarnation()) && other.sequence() <= sequence;
        }
    }

    /**
     * What was heard of a claim.
     *
     * @param atNanos when it last gave a sign of life; empty: it was only read of
     */
    private record Arrival(Epoch epoch, long leaseNanos, OptionalLong atNanos) {
        /** The newer claim; of the same one what was certainly heard. */
        Arrival or(Arrival next) {
            return next.epoch.isOlderThan(epoch) || (next.epoch.equals(epoch) && next.atNanos.isEmpty()) ? this : next;
        }

        boolean isWithinLease(long untilNanos) {
            return atNanos.isPresent() && untilNanos - atNanos.getAsLong() <= leaseNanos;
        }
    }

    /** Reading begins, or begins anew: what comes first was written before. */
    public synchronized void begin() {
        caughtUp = false;
    }

    /** A heartbeat was read. */
    public synchronized void heard(WorkerHeartbeat heartbeat, long nowNanos) {
        Heard last = lastOf.get(heartbeat.worker());
        if (last != null && last.isRepeatedBy(heartbeat)) {
            return;
        }
        lastOf.put(heartbeat.worker(), new Heard(heartbeat.incarnation(), heartbeat.sequence()));
        boolean isNews = caughtUp && nowNanos - readUntilNanos <= leaseNanos / 2;
        long lease = TimeUnit.MILLISECONDS.toNanos(heartbeat.leaseMs());
        OptionalLong at = isNews ? OptionalLong.of(nowNanos) : OptionalLong.empty();
        heartbeat.partitions().forEach(
                (partition, epoch) -> arrivals.merge(partition, new Arrival(epoch, lease, at), Arrival::or));
    }

    /** The worker said good-bye. */
    public synchronized void exited(WorkerId worker) {
        lastOf.remove(worker);
    }

    /** Everything that was on the topic at that moment has been read. */
    public synchronized void readEverything(long nowNanos) {
        if (!caughtUp || nowNanos - readUntilNanos > leaseNanos / 2) {
            seeingSinceNanos = nowNanos;
        }
        caughtUp = true;
        readUntilNanos = nowNanos;
    }

    /**
     * Asks about the owner of a claim.
     *
     * @param claimSeenNanos when this process heard of the claim
     */
    public synchronized Verdict of(int partition, Epoch epoch, long claimSeenNanos) {
        if (!caughtUp) {
            return Verdict.UNKNOWN;
        }
        Arrival arrival = arrivals.get(partition);
        long patience = leaseNanos;
        if (arrival != null && arrival.epoch.equals(epoch)) {
            if (arrival.isWithinLease(readUntilNanos)) {
                return Verdict.LIVES;
            }
            // A worker may beat at a slower pace than this process's own timings would have it.
            patience = Math.max(leaseNanos, arrival.leaseNanos);
        }
        boolean watchedLongEnough = readUntilNanos - seeingSinceNanos > patience
                && readUntilNanos - claimSeenNanos > patience;
        return watchedLongEnough ? Verdict.SILENT : Verdict.UNKNOWN;
    }
}
