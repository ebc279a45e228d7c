package io.wafleet.worker.log;

import java.time.Duration;

/** Calls back later. Thread-safe; what it calls must return at once. */
public interface Timers {
    /** A call that is still to come. */
    interface Pending {
        /** It comes no more, unless it is under way already. */
        void cancel();
    }

    /** Calls once, after the delay; a delay of zero or less means soon. */
    Pending after(Duration delay, Runnable task);
}
