package io.wafleet.conversations;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Imported sessions: whole, replaced, erased, and no backups. */
public abstract class ImportedSessionsContract extends StoreContract {
    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void keepsTheLastOneWhole() {
        assertThat(store().importedSession(a.account())).isEmpty();
        for (int length : new int[]{3 * Chunks.MAX_CHUNK_BYTES + 1, 10}) {
            store().keepImportedSession(a.account(), bytes(length));
            assertThat(store().importedSession(a.account())).hasValueSatisfying(
                    kept -> assertThat(kept).isEqualTo(bytes(length)));
        }
        assertThat(store().backup(a.account())).isInstanceOf(CredentialBackup.Absent.class);
    }

    @Test
    void goesWithTheAccount() {
        store().keepImportedSession(a.account(), bytes(10));
        assertThat(store().erase(a.account(), Instant.parse("2026-03-02T00:00:00Z"))).isPositive();
        assertThat(store().importedSession(a.account())).isEmpty();
    }
}
