package io.wafleet.worker.partition;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.JournalRecord;
import io.wafleet.worker.backup.Backups;
import io.wafleet.worker.connector.Credentials;
import java.util.function.Consumer;

/**
 * Brings what the backups say back to the partition's loop that asked. Thread-safe.
 *
 * @param epoch of the claim under which was asked
 */
record FromBackups(Epoch epoch, Consumer<PartitionMessage> mailbox,
        Consumer<RuntimeException> broken) implements Backups.Restored {
    @Override
    public void found(JournalRecord.AccountState account, Credentials credentials) {
        mailbox.accept(new PartitionMessage.BackupFound(epoch, account, credentials));
    }

    @Override
    public void settled() {
        mailbox.accept(new PartitionMessage.BackupsSettled(epoch));
    }

    @Override
    public void claimedTooLow() {
        broken.accept(new IllegalStateException("its backups are of a later epoch than " + epoch));
    }
}
