package io.wafleet.worker.ownership;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.TransactionalId;
import java.time.Instant;
import java.util.Set;

/** Where this worker stands with one partition. All but {@link Active} and {@link Releasing} are PASSIVE. */
public sealed interface Ownership {
    /** The stay that this belongs to; results of other stays are stale. */
    Tenure tenure();

    /** Not assigned to this worker. */
    record Absent(Tenure tenure) implements Ownership {}

    /** Assigned, but the lease is over: waits for it to come back. */
    record Leaseless(Tenure tenure) implements Ownership {}

    /** Assigned; a step failed for a reason that may pass, and the takeover begins anew when due. */
    record Paused(Tenure tenure, String reason, int failures, Instant due) implements Ownership {}

    /** The journal is read as far as it is settled, to find whom to fence. */
    record Reading(Tenure tenure, int failures) implements Ownership {}

    /** Step 2: the broker is asked whether the partition is ours. */
    record Proving(Tenure tenure, Set<TransactionalId> former, int failures) implements Ownership {
        public Proving {
            former = Set.copyOf(former);
        }
    }

    /** Step 3: former owners' producers are fenced. */
    record Fencing(Tenure tenure, Set<TransactionalId> former, int failures) implements Ownership {
        public Fencing {
            former = Set.copyOf(former);
        }
    }

    /** Step 4: the journal is read to its end as it stands after the fence. */
    record Restoring(Tenure tenure, Set<TransactionalId> former, int failures) implements Ownership {
        public Restoring {
            former = Set.copyOf(former);
        }
    }

    /** Step 5: the claim is being committed. */
    record Claiming(Tenure tenure, Epoch epoch, int failures) implements Ownership {}

    /** Revoked while the claim was being committed: what the claim brings is released at once. */
    record Yielding(Tenure tenure, Epoch epoch) implements Ownership {}

    /** ACTIVE: acts for the partition's accounts. */
    record Active(Tenure tenure, Epoch epoch) implements Ownership {}

    /** Revoked in order: closes, flushes and releases; the revocation waits for it. */
    record Releasing(Tenure tenure, Epoch epoch) implements Ownership {}
}
