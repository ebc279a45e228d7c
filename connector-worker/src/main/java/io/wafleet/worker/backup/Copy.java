package io.wafleet.worker.backup;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.JournalRecord;
import io.wafleet.conversations.BackupStamp;
import io.wafleet.worker.connector.Credentials;

/**
 * What the journal holds of an account, as of one commit. Secret.
 *
 * @param partition the account's
 * @param stamp the claim's epoch, and the number of the owner's commit that made it so
 */
public record Copy(int partition, JournalRecord.AccountState state, Credentials credentials, BackupStamp stamp) {
    public AccountId account() {
        return state.account();
    }

    /** Whether the account has no credentials: what is kept of it elsewhere is to go. */
    public boolean isGone() {
        return credentials.isEmpty();
    }
}
