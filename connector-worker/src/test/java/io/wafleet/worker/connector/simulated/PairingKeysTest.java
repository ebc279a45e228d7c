package io.wafleet.worker.connector.simulated;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.sealing.CredentialCipher;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class PairingKeysTest {
    /** The broker's usual limit for a record is 1 MiB. */
    private static final int FITS = 900_000;

    @Test
    void keysFitIntoTheJournalHoweverManyThePairingSays() {
        Credentials credentials = Pairing.credentials(new ServerFrame.Paired(new PhoneNumber("+40712345678"), 1, "t",
                Integer.MAX_VALUE));
        CredentialCipher cipher = CredentialCipher.of(CredentialCipher.newKeySet());
        credentials.parts().forEach((name, part) -> assertThat(
                cipher.seal(new AccountId("a1"), name, part.bytes()).length()).as(name).isLessThan(FITS));
        assertThat(Pairing.credentials(new ServerFrame.Paired(new PhoneNumber("+40712345678"), 1, "t", -1)).parts())
                .containsKey("keys");
    }
}
