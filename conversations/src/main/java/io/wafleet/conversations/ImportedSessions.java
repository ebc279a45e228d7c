package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import java.util.Optional;

/**
 * Keeps sessions of the service before this one, one for each account, sealed. They are no backups: no connector restores them by itself,
 * since they are of another form (files of Baileys' multi-file state as JSON). A connector that speaks Baileys reads them once, when it first
 * links the account.
 */
public interface ImportedSessions {
    /** What a session is sealed for; whoever opens it names the same. */
    String SEALED_AS = "imported-session";

    /** Empty: none was imported. */
    Optional<byte[]> importedSession(AccountId account);

    /**
     * Keeps a session, whole or not at all, in the place of an earlier one.
     *
     * @param sealed encrypted; at most {@link CredentialBackups#MAX_BYTES}; opaque
     */
    void keepImportedSession(AccountId account, byte[] sealed);
}
