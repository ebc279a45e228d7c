package io.wafleet.worker.simulation;

import io.wafleet.worker.log.OwnerLease;
import io.wafleet.worker.ownership.Lease;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Samples the real {@link Lease} as its thread does, and tells when it ends and comes back. */
final class SimulatedLease implements OwnerLease {
    /** Hears of changes. */
    interface Listener {
        void leaseOver();

        void leaseBack();
    }

    private static final long SAMPLING = 15_000_000;

    private final Host host;
    private final Chance chance;
    private final Lease lease;
    private final LongSupplier answeredHeartbeats;
    private final Listener listener;
    private final boolean never;
    private boolean held;
    private boolean closed;

    /**
     * @param never whether it is never over, though it should be
     */
    SimulatedLease(Host host, Chance chance, LongSupplier answeredHeartbeats, boolean never, Listener listener) {
        this.host = host;
        this.chance = chance;
        this.lease = new Lease(WorldSettings.TIMINGS, host.nanos());
        this.answeredHeartbeats = answeredHeartbeats;
        this.never = never;
        this.listener = listener;
        host.after(0, this::sample);
    }

    private void sample() {
        if (closed) {
            return;
        }
        lease.sample(answeredHeartbeats.getAsLong(), host.nanos());
        boolean holds = isHeld();
        if (holds != held) {
            held = holds;
            if (holds) {
                listener.leaseBack();
            } else {
                listener.leaseOver();
            }
        }
        host.after(SAMPLING + chance.hop(), this::sample);
    }

    void polled() {
        lease.polled(host.nanos());
    }

    void lost() {
        lease.end(host.nanos());
    }

    @Override
    public boolean isHeld() {
        return never || !lease.isOver(host.nanos());
    }

    @Override
    public Duration left() {
        return never ? WorldSettings.TIMINGS.session() : Duration.ofNanos(lease.left(host.nanos()));
    }

    void close() {
        closed = true;
    }
}
