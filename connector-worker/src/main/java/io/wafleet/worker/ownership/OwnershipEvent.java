package io.wafleet.worker.ownership;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.TransactionalId;
import java.time.Instant;
import java.util.Set;

/** What happened to a partition. Time enters here. */
public sealed interface OwnershipEvent {
    /** The group gave the partition to this worker. */
    record Assigned(Instant at, boolean leased) implements OwnershipEvent {}

    /** The group takes the partition away, and waits until it is given up. */
    record Revoked() implements OwnershipEvent {}

    /** The group took the partition away without waiting. */
    record Lost() implements OwnershipEvent {}

    /** The lease is over. */
    record LeaseOver() implements OwnershipEvent {}

    /** A heartbeat sent after the lapse was answered. */
    record LeaseBack() implements OwnershipEvent {}

    /** This worker's producer was fenced or had to be abandoned; a new incarnation stands ready. */
    record ProducerReplaced() implements OwnershipEvent {}

    /** The pause after a failed step is over. */
    record RetryDue() implements OwnershipEvent {}

    /** The result of a step, for the stay that began it. */
    sealed interface StepResult extends OwnershipEvent {
        Tenure tenure();
    }

    /** The broker accepted the unchanged position: the partition is ours. */
    record Proved(Tenure tenure) implements StepResult {}

    /** The broker refused this member's commit: the partition is not ours, or not any more. */
    record Refused(Tenure tenure, Instant at) implements StepResult {}

    /** A step failed for a reason that may pass. */
    record StepFailed(Tenure tenure, Instant at, String reason) implements StepResult {}

    /**
     * The journal was read as far as it is settled, and beyond that for claims.
     *
     * @param former every producer that may still write for the partition; never this worker's own
     */
    record JournalRead(Tenure tenure, Set<TransactionalId> former) implements StepResult {
        public JournalRead {
            former = Set.copyOf(former);
        }
    }

    /** Nobody else can write for the partition any more. */
    record Fenced(Tenure tenure) implements StepResult {}

    /**
     * The journal was read to its end.
     *
     * @param previous the newest claim's epoch; {@link Epoch#NONE} when there is none
     * @param claimants every producer with a live claim in it; never this worker's own
     */
    record Restored(Tenure tenure, Instant at, Epoch previous, Set<TransactionalId> claimants) implements StepResult {
        public Restored {
            claimants = Set.copyOf(claimants);
        }
    }

    /** The claim is committed. */
    record Claimed(Tenure tenure) implements StepResult {}

    /** The release is committed, and no transaction of ours can hold the partition. */
    record Released(Tenure tenure) implements StepResult {}
}
