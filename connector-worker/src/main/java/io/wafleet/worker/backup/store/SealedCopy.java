package io.wafleet.worker.backup.store;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.JournalRecord;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.worker.backup.Copy;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.sealing.CredentialCipher;
import io.wafleet.worker.sealing.CredentialCipher.UnsealableException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A copy as it is kept: the account's record and all parts of its credentials, sealed as a whole with the keys that seal the journal. The
 * account is bound to it, so that one account's backup cannot stand in for another's.
 */
final class SealedCopy {
    /** Bound to the bytes in a part's place; no connector names a part so. */
    private static final String NAME = "/backup";

    private final CredentialCipher cipher;

    /** What is in it; as JSON a part is Base64. */
    private record Contents(JournalRecord.AccountState account, Map<String, byte[]> credentials) {
        @Override
        public String toString() {
            return "Contents[" + account.account() + "]";
        }
    }

    /** What was read back. */
    record Opened(JournalRecord.AccountState account, Credentials credentials) {}

    SealedCopy(CredentialCipher cipher) {
        this.cipher = cipher;
    }

    byte[] seal(Copy copy) {
        Map<String, byte[]> parts = new TreeMap<>();
        copy.credentials().parts().forEach((name, part) -> parts.put(name, part.bytes()));
        byte[] plain = JsonCodec.encode(new Contents(copy.state(), parts));
        return Base64.getDecoder().decode(cipher.seal(copy.account(), NAME, plain));
    }

    /**
     * Opens what is kept for an account.
     *
     * @throws UnsealableException when it was sealed with keys that we do not have, or for another account
     * @throws UnreadableRecordException when it is of a release that says things differently
     */
    Opened open(AccountId account, byte[] sealed) throws UnsealableException {
        byte[] plain = cipher.open(account, NAME, Base64.getEncoder().encodeToString(sealed));
        Contents contents = JsonCodec.decode(plain, Contents.class);
        return new Opened(contents.account(),
                new Credentials(contents.credentials().entrySet().stream().collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, e -> new Credentials.Part(e.getValue())))));
    }
}
