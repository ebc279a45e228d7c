package io.wafleet.worker.partition;

import io.wafleet.worker.log.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Lets accounts connect one after the other, so that a takeover is no login storm: those connected longest ago first. A monitor;
 * permits are granted on the timers' thread, or at once when there is no limit.
 */
public final class ConnectLimiter {
    private record Waiting(Instant connectedSince, long order, Runnable granted) {}

    private final Timers timers;
    private final Duration gap;
    private final PriorityQueue<Waiting> queue = new PriorityQueue<>(
            Comparator.comparing(Waiting::connectedSince).thenComparingLong(Waiting::order));
    private long order;
    private boolean ticking;

    /**
     * @param perSecond how many connections a second this worker may open; 0: no limit
     */
    public ConnectLimiter(Timers timers, int perSecond) {
        this.timers = timers;
        this.gap = perSecond == 0 ? Duration.ZERO : Duration.ofSeconds(1).dividedBy(perSecond);
    }

    /**
     * Asks for a turn.
     *
     * @param connectedSince the longer ago, the sooner
     * @param granted must return at once; what it grants may be stale by then
     */
    void request(Instant connectedSince, Runnable granted) {
        if (gap.isZero()) {
            granted.run();
            return;
        }
        synchronized (this) {
            queue.add(new Waiting(connectedSince, order++, granted));
            if (!ticking) {
                ticking = true;
                timers.after(Duration.ZERO, this::tick);
            }
        }
    }

    private void tick() {
        Waiting next;
        synchronized (this) {
            next = queue.poll();
            if (next == null) {
                ticking = false;
                return;
            }
            timers.after(gap, this::tick);
        }
        next.granted().run();
    }
}
