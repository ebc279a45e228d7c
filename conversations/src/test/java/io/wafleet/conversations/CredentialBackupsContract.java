package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Epoch;
import io.wafleet.conversations.CredentialBackups.BackupOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Backups of credentials: whole, and never an older over a newer one. */
public abstract class CredentialBackupsContract extends StoreContract {
    private static BackupStamp stamp(long epoch, long version) {
        return new BackupStamp(new Epoch(epoch), version);
    }

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private BackupOutcome put(long epoch, long version, byte[] sealed) {
        return store().put(a.account(), stamp(epoch, version), sealed);
    }

    private void assertKept(long epoch, long version, byte[] sealed) {
        assertThat(store().backup(a.account())).isInstanceOfSatisfying(CredentialBackup.Kept.class, kept -> {
            assertThat(kept.stamp()).isEqualTo(stamp(epoch, version));
            assertThat(kept.sealed()).isEqualTo(sealed);
        });
    }

    @Test
    void keepsBytesOfAnySizeWhole() {
        assertThat(store().backup(a.account())).isInstanceOf(CredentialBackup.Absent.class);
        int version = 0;
        for (int length : List.of(0, 1, Chunks.MAX_CHUNK_BYTES, 3 * Chunks.MAX_CHUNK_BYTES + 1, 10)) {
            byte[] sealed = bytes(length, length);
            assertThat(put(5, ++version, sealed)).isEqualTo(BackupOutcome.STORED);
            assertKept(5, version, sealed);
        }
        assertThatThrownBy(() -> put(6, 1, new byte[CredentialBackups.MAX_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatIsOlder() {
        put(5, 3, bytes(10, 1));
        assertThat(put(5, 2, bytes(10, 2))).isEqualTo(BackupOutcome.OLDER);
        assertThat(put(4, 99, bytes(10, 3))).isEqualTo(BackupOutcome.OLDER);
        assertThat(put(5, 3, bytes(10, 1))).isEqualTo(BackupOutcome.STORED);
        assertKept(5, 3, bytes(10, 1));
        assertThat(put(6, 1, bytes(10, 4))).isEqualTo(BackupOutcome.STORED);
        assertKept(6, 1, bytes(10, 4));
    }

    @Test
    void nothingOlderComesBackAfterAClearing() {
        put(5, 3, bytes(10, 1));
        assertThat(store().clear(a.account(), stamp(5, 2))).isEqualTo(BackupOutcome.OLDER);
        assertThat(store().clear(a.account(), stamp(5, 4))).isEqualTo(BackupOutcome.STORED);
        assertThat(store().clear(a.account(), stamp(5, 4))).isEqualTo(BackupOutcome.STORED);
        assertThat(store().backup(a.account())).isEqualTo(new CredentialBackup.Cleared(stamp(5, 4)));
        assertThat(put(5, 4, bytes(10, 2))).isEqualTo(BackupOutcome.OLDER);
        assertThat(put(4, 9, bytes(10, 2))).isEqualTo(BackupOutcome.OLDER);
        assertThat(put(5, 5, bytes(10, 3))).isEqualTo(BackupOutcome.STORED);
        assertKept(5, 5, bytes(10, 3));
    }

    @Test
    void listsEveryAccountWithItsNewestStamp() {
        put(5, 3, bytes(10, 1));
        put(6, 1, bytes(Chunks.MAX_CHUNK_BYTES + 1, 1));
        AccountId gone = new AccountId("account_prod_00000000000000000000000000000001");
        store().clear(gone, stamp(7, 2));
        assertThat(store().backups()).containsEntry(a.account(), stamp(6, 1)).containsEntry(gone, stamp(7, 2));
    }

    @Test
    void aClearingBeforeAnyBackupIsRemembered() {
        assertThat(store().clear(a.account(), stamp(5, 1))).isEqualTo(BackupOutcome.STORED);
        assertThat(put(4, 1, bytes(10, 1))).isEqualTo(BackupOutcome.OLDER);
    }

    @Test
    void ofWritersThatRaceTheNewestStays() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<BackupOutcome>> writes = new ArrayList<>();
            for (int i = 1; i <= 24; i++) {
                int version = (i * 7) % 25;
                writes.add(threads.submit(() -> put(5, version, bytes(Chunks.MAX_CHUNK_BYTES + version, version))));
            }
            for (Future<BackupOutcome> write : writes) {
                write.get();
                assertThat(store().backup(a.account())).isInstanceOfSatisfying(CredentialBackup.Kept.class,
                        kept -> assertThat(kept.sealed()).isEqualTo(bytes(
                                Chunks.MAX_CHUNK_BYTES + (int) kept.stamp().version(), (int) kept.stamp().version())));
            }
        }
        assertKept(5, 24, bytes(Chunks.MAX_CHUNK_BYTES + 24, 24));
    }

    @Test
    void erasureLeavesTheStampOnly() {
        put(5, 3, bytes(10, 1));
        store().erase(a.account(), Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(store().backup(a.account())).isEqualTo(new CredentialBackup.Cleared(stamp(5, 3)));
        assertThat(put(5, 3, bytes(10, 1))).isEqualTo(BackupOutcome.OLDER);
    }
}
