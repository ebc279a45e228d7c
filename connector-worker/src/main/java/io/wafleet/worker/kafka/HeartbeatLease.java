package io.wafleet.worker.kafka;

import io.wafleet.worker.log.OwnerLease;
import io.wafleet.worker.ownership.Lease;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards the {@link Lease}: samples the count of answered heartbeats every few milliseconds on its own thread, and tells when the lease
 * ends and comes back. Asked from any thread.
 */
final class HeartbeatLease implements OwnerLease, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatLease.class);
    private static final Duration SAMPLING = Duration.ofMillis(10);

    /** Hears of changes, on the sampling thread. */
    public interface Listener {
        void leaseOver();

        void leaseBack();
    }

    private final Lease lease;
    private final LongSupplier nanos;
    private final DoubleSupplier answeredHeartbeats;
    private final Listener listener;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param answeredHeartbeats the consumer's {@code heartbeat-total}
     */
    public HeartbeatLease(Lease lease, LongSupplier nanos, DoubleSupplier answeredHeartbeats, Listener listener) {
        this.lease = lease;
        this.nanos = nanos;
        this.answeredHeartbeats = answeredHeartbeats;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("lease").daemon().start(this::run);
    }

    private void run() {
        boolean held = false;
        while (!closed) {
            // The clock first: an answer that arrives between the two readings counts as later than it was, never as earlier.
            long now = nanos.getAsLong();
            double count = answeredHeartbeats.getAsDouble();
            boolean holds;
            synchronized (lease) {
                lease.sample(count, now);
                holds = !lease.isOver(nanos.getAsLong());
            }
            if (holds != held) {
                held = holds;
                if (holds) {
                    listener.leaseBack();
                } else {
                    LOG.warn("lease is over: all partitions are dropped until the broker answers again");
                    listener.leaseOver();
                }
            }
            java.util.concurrent.locks.LockSupport.parkNanos(SAMPLING.toNanos());
        }
    }

    /** Whether the broker has not answered for longer than it should take. */
    boolean isUnanswered() {
        synchronized (lease) {
            return lease.isUnanswered(nanos.getAsLong());
        }
    }

    /** The consumer polls. */
    void polled() {
        synchronized (lease) {
            lease.polled(nanos.getAsLong());
        }
    }

    /** The broker told that all partitions are gone. */
    void lost() {
        synchronized (lease) {
            lease.end(nanos.getAsLong());
        }
    }

    @Override
    public boolean isHeld() {
        synchronized (lease) {
            return !lease.isOver(nanos.getAsLong());
        }
    }

    @Override
    public Duration left() {
        synchronized (lease) {
            return Duration.ofNanos(lease.left(nanos.getAsLong()));
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
