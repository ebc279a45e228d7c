package io.wafleet.worker.sealing;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.wafleet.contract.AccountId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Seals credentials for the journal: AES-256-GCM by Google Tink. Account and part name are bound to each sealed part, so that one cannot
 * stand in for another. Thread-safe.
 */
public final class CredentialCipher {
    private final Aead aead;

    private CredentialCipher(Aead aead) {
        this.aead = aead;
    }

    /**
     * A cipher with the keys of a key set. The primary key seals; any of them opens.
     *
     * @param keySet Tink key set as JSON
     * @throws IllegalArgumentException when it is no key set for authenticated encryption; the message holds no key
     */
    public static CredentialCipher of(String keySet) {
        try {
            KeysetHandle handle = TinkJsonProtoKeysetFormat.parseKeyset(keySet, AeadConfig2026.get(),
                    InsecureSecretKeyAccess.get());
            return new CredentialCipher(handle.getPrimitive(AeadConfig2026.get(), Aead.class));
        } catch (GeneralSecurityException _) {
            throw new IllegalArgumentException("a Tink key set for AES-GCM as JSON");
        }
    }

    /** A new key set with one AES-256-GCM key, as JSON. It is a secret. */
    public static String newKeySet() {
        try {
            KeysetHandle handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get());
            return TinkJsonProtoKeysetFormat.serializeKeyset(handle, AeadConfig2026.get(),
                    InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot make an AES-256-GCM key", e);
        }
    }

    /** Seals a part, as Base64. */
    public String seal(AccountId account, String name, byte[] part) {
        try {
            return Base64.getEncoder().encodeToString(aead.encrypt(part, bound(account, name)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot encrypt", e);
        }
    }

    /**
     * Opens a sealed part.
     *
     * @throws UnsealableException when it was sealed with other keys, for another account or name, or was changed
     */
    public byte[] open(AccountId account, String name, String sealed) throws UnsealableException {
        try {
            return aead.decrypt(Base64.getDecoder().decode(sealed), bound(account, name));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw new UnsealableException();
        }
    }

    private static byte[] bound(AccountId account, String name) {
        return (account.value() + "/" + name).getBytes(StandardCharsets.UTF_8);
    }

    /** A sealed part that none of our keys opens. */
    public static final class UnsealableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnsealableException() {
            super("credentials cannot be decrypted with the key set in use");
        }
    }
}
