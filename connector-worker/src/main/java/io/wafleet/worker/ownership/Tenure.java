package io.wafleet.worker.ownership;

/**
 * Counts a partition's stays with this worker, so that the late result of a step of an earlier stay is known as stale.
 *
 * @param number 1 or more, grows with each takeover that is begun
 */
public record Tenure(long number) {
    /** Before the first takeover. */
    public static final Tenure FIRST = new Tenure(0);

    Tenure next() {
        return new Tenure(number + 1);
    }
}
