package io.wafleet.simulator.loop;

import java.time.Duration;

/** Wakes the loop, on its own thread. */
public interface Alarm {
    /** Rings once after the delay; an alarm set before and not yet rung is off. */
    void set(Duration delay, Runnable ring);
}
