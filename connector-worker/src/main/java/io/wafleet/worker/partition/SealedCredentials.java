package io.wafleet.worker.partition;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.JournalKey;
import io.wafleet.contract.JournalRecord;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.log.Entry;
import io.wafleet.worker.sealing.CredentialCipher;
import io.wafleet.worker.sealing.CredentialCipher.UnsealableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Credentials on their way into the journal and back. Thread-safe. */
final class SealedCredentials {
    private final CredentialCipher cipher;

    SealedCredentials(CredentialCipher cipher) {
        this.cipher = cipher;
    }

    /** The changes as journal records. */
    List<Entry> entries(AccountId account, Credentials.Changes changes) {
        List<Entry> entries = new ArrayList<>();
        changes.parts().forEach((name, part) -> {
            JournalKey key = new JournalKey.Credential(account, name);
            entries.add(part.map(p -> Entry.journal(key,
                    new JournalRecord.Credential(account, name, cipher.seal(account, name, p.bytes()))))
                    .orElseGet(() -> Entry.journalTombstone(key)));
        });
        return entries;
    }

    /**
     * The credentials that a journal holds for an account.
     *
     * @throws UnsealableException when a part was sealed with keys that we do not have
     */
    Credentials open(AccountId account, Map<String, String> sealed) throws UnsealableException {
        Map<String, Credentials.Part> parts = new HashMap<>();
        for (Map.Entry<String, String> part : sealed.entrySet()) {
            parts.put(part.getKey(), new Credentials.Part(cipher.open(account, part.getKey(), part.getValue())));
        }
        return new Credentials(parts);
    }
}
