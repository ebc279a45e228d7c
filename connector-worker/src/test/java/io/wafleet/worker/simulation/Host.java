package io.wafleet.worker.simulation;

import java.util.ArrayList;
import java.util.List;

/** A worker's process: it runs, is stopped for a while, is cut off from the broker, or is dead. */
final class Host {
    private enum State {
        RUNNING, STOPPED, DEAD
    }

    private final String name;
    private final Scheduler scheduler;
    /** Clocks of different machines differ by minutes. */
    private final long wallSkew;
    private final long monotonicStart;
    private final List<Scheduler.Event> held = new ArrayList<>();
    private State state = State.RUNNING;
    private long stoppedAt;
    private boolean clockStopped;
    private long slept;
    private boolean cutOff;
    /** Since when nothing has gone wrong with it. */
    private long healthySince;
    private boolean sluggish;
    private int disturbances;

    Host(String name, Scheduler scheduler, Chance chance) {
        this.name = name;
        this.scheduler = scheduler;
        this.wallSkew = chance.millis(-180_000, 180_000);
        this.monotonicStart = chance.millis(0, 1_000_000);
        this.healthySince = scheduler.now();
    }

    String name() {
        return name;
    }

    boolean isDead() {
        return state == State.DEAD;
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    boolean isStopped() {
        return state == State.STOPPED;
    }

    boolean isCutOff() {
        return cutOff;
    }

    boolean isHealthy() {
        return state == State.RUNNING && disturbances == 0;
    }

    long healthySince() {
        return healthySince;
    }

    /** Its records reach the broker late. */
    boolean isSluggish() {
        return sluggish;
    }

    void sluggish(boolean is) {
        sluggish = is;
    }

    /** Something goes wrong here that must not be held against the rest. */
    void disturbed() {
        disturbances++;
    }

    void calm() {
        disturbances--;
        healthySince = scheduler.now();
    }

    /** Whether its clock, too, stood still while it was stopped: no lease can be trusted then. */
    boolean hasSlept() {
        return slept > 0;
    }

    long nanos() {
        long at = isStopped() && clockStopped ? stoppedAt : scheduler.now();
        return at + monotonicStart - slept;
    }

    long wallNanos() {
        return scheduler.now() + wallSkew;
    }

    /** Runs something in this process after a while, but not while it is stopped, and never once it is dead. */
    Scheduler.Event after(long delay, Runnable run) {
        return scheduler.after(delay, this, run);
    }

    void hold(Scheduler.Event event) {
        held.add(event);
    }

    /**
     * Stops the process, or the machine that it runs on.
     *
     * @param withClock whether its clock stops as well, as that of a suspended machine does
     */
    void stop(boolean withClock) {
        if (state == State.RUNNING) {
            state = State.STOPPED;
            stoppedAt = scheduler.now();
            clockStopped = withClock;
        }
    }

    /** All that came due in the meantime runs soon, in any order. */
    void wake(Chance chance) {
        if (state == State.STOPPED) {
            state = State.RUNNING;
            slept += clockStopped ? scheduler.now() - stoppedAt : 0;
            held.forEach(event -> scheduler.again(event, chance.millis(0, 3)));
            held.clear();
        }
    }

    void kill() {
        state = State.DEAD;
        held.clear();
    }

    void cutOff(boolean is) {
        cutOff = is;
    }

    @Override
    public String toString() {
        return name;
    }
}
