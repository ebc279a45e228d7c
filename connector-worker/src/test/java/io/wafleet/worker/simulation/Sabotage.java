package io.wafleet.worker.simulation;

/** A guard that is taken away, to see that the simulation would notice. */
enum Sabotage {
    NONE,
    /** Step 2 of a takeover is skipped: nobody asks the broker whether the partition is ours. */
    NO_PROOF,
    /** Step 3 is skipped: former owners keep the power to write. */
    NO_FENCE,
    /** A door counts as shut though a transaction that holds the partition is still open. */
    NO_BARRIER,
    /** The lease is never over. */
    NO_LEASE,
    /** Positions are sent before the records are acknowledged. */
    POSITION_FIRST
}
