package io.wafleet.worker.ownership;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.TransactionalId;
import java.time.Instant;
import java.util.Set;

/** What the ownership machine orders for one partition. Each step answers with a {@link OwnershipEvent.StepResult}. */
public sealed interface OwnershipEffect {
    /** Commit the partition's unchanged position with the newest group metadata. */
    record Prove(Tenure tenure) implements OwnershipEffect {}

    /** Read the journal as far as it is settled, and beyond that for claims. */
    record ReadJournal(Tenure tenure) implements OwnershipEffect {}

    /** Fence these producers, within the lease. */
    record Fence(Tenure tenure, Set<TransactionalId> former) implements OwnershipEffect {}

    /** Read the journal to its end as it stands now. */
    record Restore(Tenure tenure) implements OwnershipEffect {}

    /** Commit the claim: own owner record, tombstones of those fenced, position and epoch, and the event. */
    record Claim(Tenure tenure, Epoch epoch, Set<TransactionalId> former) implements OwnershipEffect {}

    /** Step 6: begin to act, or act on where it was suspended; read commands from the journal's position. */
    record Activate(Tenure tenure, Epoch epoch) implements OwnershipEffect {}

    /** Close intake and connections, flush credentials, commit the release, shut the partition's door at the writer. */
    record HandOver(Tenure tenure, Epoch epoch) implements OwnershipEffect {}

    /** Keep the connections, but do nothing and write nothing until activated anew or dropped. */
    record Suspend(Tenure tenure) implements OwnershipEffect {}

    /** Give up the steps under way; what is suspended stays so. */
    record GiveUp(Tenure tenure) implements OwnershipEffect {}

    /** Close the partition's connections at once, write nothing, forget its state. */
    record Drop(Tenure tenure) implements OwnershipEffect {}

    /** Shut the partition's door at the writer: what is ordered after it waits until no transaction that holds it is open. */
    record ShutDoor() implements OwnershipEffect {}

    /** Let the revocation go on. */
    record LetGo() implements OwnershipEffect {}

    /** Report {@link OwnershipEvent.RetryDue} at this time. */
    record RetryAt(Instant due) implements OwnershipEffect {}
}
