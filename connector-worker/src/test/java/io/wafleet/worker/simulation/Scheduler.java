package io.wafleet.worker.simulation;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Virtual time: runs one thing after the other, in the order in which they are due. */
final class Scheduler {
    /** Something to be run; belongs to a process, or to the world outside all processes. */
    static final class Event implements Comparable<Event> {
        private long due;
        private long order;
        private final @Nullable Host host;
        private @Nullable Runnable run;

        private Event(long due, long order, @Nullable Host host, Runnable run) {
            this.due = due;
            this.order = order;
            this.host = host;
            this.run = run;
        }

        void cancel() {
            run = null;
        }

        @Override
        public int compareTo(Event other) {
            return due != other.due ? Long.compare(due, other.due) : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>(256);
    private long now;
    private long order;
    private long steps;

    long now() {
        return now;
    }

    long steps() {
        return steps;
    }

    Event after(long delay, @Nullable Host host, Runnable run) {
        Event event = new Event(now + Math.max(0, delay), order++, host, run);
        events.add(event);
        return event;
    }

    Event after(long delay, Runnable run) {
        return after(delay, null, run);
    }

    /** Lets what was held come due anew. */
    void again(Event event, long delay) {
        event.due = now + delay;
        event.order = order++;
        events.add(event);
    }

    /** Runs what is due next; false when there is nothing more. */
    boolean step() {
        Event event = events.poll();
        if (event == null) {
            return false;
        }
        now = event.due;
        Runnable run = event.run;
        if (run == null) {
            return true;
        }
        Host host = event.host;
        if (host != null && host.isDead()) {
            return true;
        }
        if (host != null && host.isStopped()) {
            host.hold(event);
            return true;
        }
        steps++;
        run.run();
        return true;
    }
}
