package io.wafleet.worker.sealing;

import io.wafleet.contract.AccountId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class CredentialCipherTest {
    private static final AccountId ACCOUNT = new AccountId("account_prod_1");
    private static final byte[] SECRET = "the identity key".getBytes(StandardCharsets.UTF_8);

    private final String keys = CredentialCipher.newKeySet();
    private final CredentialCipher cipher = CredentialCipher.of(keys);

    @Test
    void opensWhatItSealedAlsoInAnotherProcessWithTheSameKeys() throws Exception {
        String sealed = cipher.seal(ACCOUNT, "identity", SECRET);
        assertThat(CredentialCipher.of(keys).open(ACCOUNT, "identity", sealed)).isEqualTo(SECRET);
    }

    @Test
    void sealedBytesDoNotShowTheSecret() {
        byte[] sealed = Base64.getDecoder().decode(cipher.seal(ACCOUNT, "identity", SECRET));
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("identity key");
    }

    @Test
    void aPartCannotStandInForAnotherAccountOrName() {
        String sealed = cipher.seal(ACCOUNT, "identity", SECRET);
        assertThatThrownBy(() -> cipher.open(new AccountId("account_prod_2"), "identity", sealed))
                .isInstanceOf(CredentialCipher.UnsealableException.class);
        assertThatThrownBy(() -> cipher.open(ACCOUNT, "ratchet", sealed))
                .isInstanceOf(CredentialCipher.UnsealableException.class);
    }

    @Test
    void otherKeysOpenNothing() {
        String sealed = cipher.seal(ACCOUNT, "identity", SECRET);
        CredentialCipher other = CredentialCipher.of(CredentialCipher.newKeySet());
        assertThatThrownBy(() -> other.open(ACCOUNT, "identity", sealed))
                .isInstanceOf(CredentialCipher.UnsealableException.class);
        assertThatThrownBy(() -> cipher.open(ACCOUNT, "identity", "no base64!"))
                .isInstanceOf(CredentialCipher.UnsealableException.class);
    }

    @Test
    void whatIsNoKeySetIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> CredentialCipher.of("secret-but-no-keyset"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret-but");
    }
}
