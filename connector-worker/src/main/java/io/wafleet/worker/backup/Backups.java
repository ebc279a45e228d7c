package io.wafleet.worker.backup;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.JournalRecord;
import io.wafleet.worker.connector.Credentials;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Keeps copies of credentials for the day that a journal is lost. Every call returns at once, and nothing that fails behind it reaches
 * an account: it is tried again. Thread-safe.
 */
public interface Backups {
    /** None are kept. */
    Backups NONE = new Backups() {
        @Override
        public void keep(Copy copy, boolean urgent) {}

        @Override
        public void handedOver(int partition) {}

        @Override
        public void lost(int partition) {}

        @Override
        public CompletableFuture<Epoch> newestEpoch(int partition, boolean isJournalEmpty) {
            return CompletableFuture.completedFuture(Epoch.NONE);
        }

        @Override
        public void restore(int partition, Epoch epoch, Predicate<AccountId> known, Restored restored) {
            restored.settled();
        }
    };

    /** What comes of reading backups; called on another thread, must return at once. */
    interface Restored {
        /** An account that the journal does not know; it may be told more than once. */
        void found(JournalRecord.AccountState account, Credentials credentials);

        /** All that there is was told. */
        void settled();

        /** A backup is of a later epoch than the claim: no copy of this owner would ever be taken. */
        void claimedTooLow();
    }

    /**
     * Has what is kept of the account replaced, or cleared when it has no credentials any more. An older copy that still waits is
     * forgotten.
     *
     * @param urgent at once; otherwise within the interval
     */
    void keep(Copy copy, boolean urgent);

    /** The partition is another's from now on: what still waits for it is tried once, at once. */
    void handedOver(int partition);

    /** The partition was lost: what waits for it is the next owner's to write. */
    void lost(int partition);

    /**
     * The greatest epoch that a backup of the partition's accounts is known to have.
     *
     * @param isJournalEmpty whether the store is to be asked
     * @return never fails; within a bound {@link Epoch#NONE} when the store does not answer
     */
    CompletableFuture<Epoch> newestEpoch(int partition, boolean isJournalEmpty);

    /**
     * Reads the backups of the partition's accounts that the journal does not know, however long it takes until the store answers
     * once. Replaces an earlier reading of the partition.
     *
     * @param epoch of the claim
     * @param known whether the journal knows the account; thread-safe
     */
    void restore(int partition, Epoch epoch, Predicate<AccountId> known, Restored restored);
}
