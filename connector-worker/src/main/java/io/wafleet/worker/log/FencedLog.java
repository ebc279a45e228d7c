package io.wafleet.worker.log;

import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.ownership.Tenure;
import java.util.concurrent.CompletableFuture;

/** Writes batches in transactions that the broker refuses once this worker is fenced or the partition is another's. Thread-safe. */
public interface FencedLog {
    /** Puts a batch in line. Batches of one partition are committed in the order given. */
    void append(Batch batch);

    /** From now on takes batches of this stay, and of no other, for the partition. */
    void openDoor(int partition, Tenure tenure);

    /**
     * Takes no more batches for the partition from here on.
     *
     * @return done when no transaction that holds the partition is open or can begin: within the bound by waiting, after it by
     *     giving the producer up; never fails. The door stays shut until then
     */
    CompletableFuture<Void> shutDoor(int partition);

    /** The incarnation that writes now; what a claim must name. */
    TransactionalId incarnation();
}
