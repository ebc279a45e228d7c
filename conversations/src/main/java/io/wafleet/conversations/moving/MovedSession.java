package io.wafleet.conversations.moving;

import io.wafleet.contract.AccountId;
import java.util.Map;

/**
 * Credentials of the original: the files of Baileys' multi-file state. A secret.
 *
 * @param files text by file name, {@code creds.json} among them
 */
public record MovedSession(AccountId account, Map<String, String> files) {
    public MovedSession {
        files = Map.copyOf(files);
    }

    /** Without what it holds. */
    @Override
    public String toString() {
        return "MovedSession[" + account + ", " + files.size() + " files]";
    }
}
