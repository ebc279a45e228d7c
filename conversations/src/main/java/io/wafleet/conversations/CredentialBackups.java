package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import java.util.Map;

/** Backups of credentials, one for each account, fenced where they are stored: never an older over a newer one. */
public interface CredentialBackups {
    /** Sealed credentials of an account at most; real ones have well below 1 MB. */
    int MAX_BYTES = 32_000_000;

    /** How a write ended. */
    enum BackupOutcome {
        /** It is what is kept now. */
        STORED,
        /** What is kept is newer, and stays. */
        OLDER
    }

    /** Every account of which something is known, cleared ones among them, with its newest stamp. */
    Map<AccountId, BackupStamp> backups();

    CredentialBackup backup(AccountId account);

    /**
     * Keeps credentials, whole or not at all.
     *
     * @param sealed encrypted; at most {@link #MAX_BYTES}; opaque
     * @throws IllegalArgumentException when they are too large
     */
    BackupOutcome put(AccountId account, BackupStamp stamp, byte[] sealed);

    /** Forgets credentials, and remembers that, so that no older ones come back. */
    BackupOutcome clear(AccountId account, BackupStamp stamp);
}
