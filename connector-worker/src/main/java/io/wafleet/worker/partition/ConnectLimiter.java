package io.wafleet.worker.partition;

import io.wafleet.worker.log.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Lets a worker's accounts connect one after the other, so that neither a takeover nor an outage of WhatsApp ends in a login
 * storm: those connected longest ago first. One for all partitions of a worker: the rate is the worker's.
 *
 * <p>Turns are granted a little slower than the rate, and no more than a few are out at a time: what was granted but is held up
 * (a slow commit) must not come out in one burst, or WhatsApp would see more than the rate within a second. A turn that never
 * ends, because its partition was lost meanwhile, is taken back after a second.
 *
 * <p>A monitor; turns are granted on the timers' thread, or at once when there is no limit.
 */
public final class ConnectLimiter {
    /** What a second of ours may come to be shortened to on the way to WhatsApp. */
    private static final Duration SLACK = Duration.ofMillis(150);
    private static final Duration TURN_BOUND = Duration.ofSeconds(1);
    /** One turn may be out for each so many of the rate: together far less than the slack. */
    private static final int RATE_OF_A_TURN = 40;

    /** Leave to open one connection; to be ended when it was used, or is not wanted any more. */
    interface Turn {
        void end();
    }

    private record Waiting(Instant connectedSince, long order, Consumer<Turn> granted) {}

    private final Timers timers;
    private final Duration gap;
    private final int mostOut;
    private final PriorityQueue<Waiting> queue = new PriorityQueue<>(
            Comparator.comparing(Waiting::connectedSince).thenComparingLong(Waiting::order));
    private long order;
    private int out;
    private boolean ticking;
    private boolean blocked;

    /**
     * @param perSecond how many connections this worker may open within any one second; 0: no limit
     */
    public ConnectLimiter(Timers timers, int perSecond) {
        this.timers = timers;
        this.gap = perSecond == 0 ? Duration.ZERO : Duration.ofSeconds(1).plus(SLACK).dividedBy(perSecond);
        this.mostOut = Math.max(1, perSecond / RATE_OF_A_TURN);
    }

    /**
     * Asks for a turn.
     *
     * @param connectedSince the longer ago, the sooner
     * @param granted must return at once; what it grants may be stale by then
     */
    void request(Instant connectedSince, Consumer<Turn> granted) {
        if (gap.isZero()) {
            granted.accept(() -> {
            });
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
            if (out >= mostOut) {
                blocked = true;
                return;
            }
            next = queue.poll();
            if (next == null) {
                ticking = false;
                return;
            }
            out++;
            timers.after(gap, this::tick);
        }
        OneTurn turn = new OneTurn();
        turn.bound = timers.after(TURN_BOUND, turn::end);
        next.granted().accept(turn);
    }

    private synchronized void ended() {
        out--;
        if (blocked) {
            blocked = false;
            timers.after(gap, this::tick);
        }
    }

    private final class OneTurn implements Turn {
        private Timers.Pending bound = () -> {
        };
        private boolean over;

        @Override
        public void end() {
            synchronized (ConnectLimiter.this) {
                if (!over) {
                    over = true;
                    bound.cancel();
                    ended();
                }
            }
        }
    }
}
