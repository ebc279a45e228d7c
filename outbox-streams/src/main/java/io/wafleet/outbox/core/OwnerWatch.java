package io.wafleet.outbox.core;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.WorkerHeartbeat;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the owner of a partition's newest claim lives: whether a heartbeat with that epoch arrived within the lease. Only
 * arrivals count, on this process's monotonic clock, and only after everything that was there at the start has been read.
 * Silence counts only as far as the reader is known to have read everything: while the broker is away nobody is called dead.
 * Written by the reader of {@code workers}, asked by the partitions' threads; thread-safe.
 */
public final class OwnerWatch {
    private final long leaseNanos;
    private final Map<Integer, Arrival> arrivals = new HashMap<>();
    private boolean caughtUp;
    /** Until then the reader has read everything. */
    private long readUntilNanos;
    /** From then on it has done so without a hole. */
    private long seeingSinceNanos;

    /**
     * @param lease how long a sign of life counts
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

    private record Arrival(Epoch epoch, long atNanos) {}

    /** A heartbeat arrived. */
    public synchronized void heard(WorkerHeartbeat heartbeat, long nowNanos) {
        if (!caughtUp) {
            return;
        }
        heartbeat.partitions().forEach((partition, epoch) -> arrivals.merge(partition, new Arrival(epoch, nowNanos),
                (was, is) -> is.epoch.isOlderThan(was.epoch) ? was : is));
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
        boolean heard = arrival != null && arrival.epoch.equals(epoch);
        if (heard && within(arrival)) {
            return Verdict.LIVES;
        }
        boolean watchedLongEnough = readUntilNanos - seeingSinceNanos > leaseNanos
                && readUntilNanos - claimSeenNanos > leaseNanos;
        return watchedLongEnough ? Verdict.SILENT : Verdict.UNKNOWN;
    }

    private boolean within(@Nullable Arrival arrival) {
        return arrival != null && readUntilNanos - arrival.atNanos <= leaseNanos;
    }
}
