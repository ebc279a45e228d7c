package io.wafleet.gateway.view;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.WorkerId;

/** Whether somebody acts for a partition, as far as a reader of topics can know. */
public sealed interface Ownership {
    /**
     * The worker of the newest claim told within its lease that it holds this epoch.
     *
     * @param sinceNanos when the view first heard of the claim, on this process's monotonic clock
     */
    record Live(WorkerId worker, Epoch epoch, long sinceNanos) implements Ownership {}

    /**
     * Nobody is known to act for it.
     *
     * @param sinceNanos when that began, on this process's monotonic clock; the start of the view when none was ever seen
     */
    record None(long sinceNanos) implements Ownership {}
}
