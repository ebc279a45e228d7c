package io.wafleet.worker.backup.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.JournalRecord;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.WorkerId;
import io.wafleet.conversations.BackupStamp;
import io.wafleet.conversations.CredentialBackup;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.worker.backup.Backups;
import io.wafleet.worker.backup.Copy;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.sealing.CredentialCipher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is done with the store, and what is not waited for. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StoreBackupsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final AccountId A = new AccountId("account_a");
    private static final AccountId B = new AccountId("account_b");
    private static final AccountId C = new AccountId("account_c");

    private final FakeBackups store = new FakeBackups();
    private final CredentialCipher cipher = CredentialCipher.of(CredentialCipher.newKeySet());
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final StoreBackups backups = new StoreBackups(new WorkerId("worker-a"), () -> store,
            new AccountPartitions(1), cipher, INTERVAL, Duration.ofSeconds(10), nanos::get, metrics);

    /** What came back. */
    private static final class Found implements Backups.Restored {
        private final List<AccountId> accounts = new CopyOnWriteArrayList<>();
        private final CompletableFuture<String> end = new CompletableFuture<>();

        @Override
        public void found(JournalRecord.AccountState account, Credentials credentials) {
            accounts.add(account.account());
        }

        @Override
        public void settled() {
            end.complete("settled");
        }

        @Override
        public void claimedTooLow() {
            end.complete("claimed too low");
        }
    }

    @AfterEach
    void ends() {
        store.hanging.countDown();
        backups.close();
    }

    private static Copy copy(AccountId account, long version) {
        JournalRecord.AccountState state = new JournalRecord.AccountState(account, new PhoneNumber("+40712345678"),
                null, DesiredState.CONNECTED, AccountStatus.CONNECTED, null, null, false, Instant.EPOCH, Instant.EPOCH,
                null, null, null);
        return new Copy(0, state, new Credentials(Map.of("k", new Credentials.Part(new byte[]{(byte) version}))),
                new BackupStamp(new Epoch(7), version));
    }

    private void keep(AccountId account, long version) {
        backups.keep(copy(account, version), true);
        awaitStored(account, version);
    }

    private void awaitStored(AccountId account, long version) {
        await().until(() -> store.stored(account).contains(new BackupStamp(new Epoch(7), version)));
    }

    @Test
    void aStoreThatHangsHoldsUpNobody() throws Exception {
        keep(A, 1);
        store.hanging = new CountDownLatch(1);
        int before = store.calls.get();
        Found found = new Found();
        backups.restore(0, new Epoch(8), _ -> false, found);
        await().until(() -> store.calls.get() > before);
        for (int i = 0; i < 100; i++) {
            backups.keep(copy(new AccountId("account_" + i), 1), true);
        }
        assertThat(backups.newestEpoch(0, false)).as("of a journal that holds a claim").isCompleted();
        assertThat(backups.newestEpoch(0, true).get(10, TimeUnit.SECONDS)).as("of an empty one")
                .isEqualTo(Epoch.NONE);
        backups.handedOver(0);
        backups.lost(0);
        assertThat(found.end).isNotDone();
    }

    @Test
    void whatTheStoreSaidOnceIsTheAnswerWhenItSaysNothingAnyMore() throws Exception {
        keep(A, 1);
        await().until(() -> backups.newestEpoch(0, true).get().equals(new Epoch(7)));
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        store.hanging = new CountDownLatch(1);
        assertThat(backups.newestEpoch(0, true).get(10, TimeUnit.SECONDS)).isEqualTo(new Epoch(7));
        assertThat(backups.newestEpoch(0, false)).isCompletedWithValue(new Epoch(7));
    }

    @Test
    void anAccountThatChangesAllTheTimeIsWrittenOnceInAnInterval() {
        keep(A, 1);
        for (int version = 2; version <= 50; version++) {
            backups.keep(copy(A, version), false);
        }
        keep(B, 1);
        assertThat(store.stored(A)).hasSize(1);
        nanos.addAndGet(INTERVAL.toNanos() + 1);
        // whatever it is about, it makes the writers look at the clock, which only here leaps
        backups.lost(1);
        awaitStored(A, 50);
        assertThat(store.stored(A)).hasSize(2);
    }

    @Test
    void whatIsHandedOverWaitsForNoInterval() {
        keep(A, 1);
        backups.keep(copy(A, 2), false);
        backups.keep(copy(B, 1), false);
        backups.handedOver(0);
        awaitStored(A, 2);
        awaitStored(B, 1);
    }

    @Test
    void theEndWritesWhatWasHandedOverBeforeTheStoreIsClosed() {
        backups.keep(copy(A, 1), false);
        backups.handedOver(0);
        backups.close();
        assertThat(store.stored(A)).hasSize(1);
    }

    @Test
    void aFormerOwnersCopyIsRefusedAndNotTriedAgain() {
        store.put(A, new BackupStamp(new Epoch(8), 1), new byte[1]);
        backups.keep(copy(A, 99), true);
        await().until(() -> metrics.counter("wafleet.worker.backup.refused", "worker", "worker-a").count() == 1);
        assertThat(store.stored(A)).containsExactly(new BackupStamp(new Epoch(8), 1));
        assertThat(metrics.get("wafleet.worker.backup.waiting").gauge().value()).isZero();
    }

    @Test
    void onlyWhatTheJournalDoesNotKnowIsReadAndWhatIsBrokenHidesNothingElse() throws Exception {
        keep(A, 1);
        keep(B, 1);
        keep(C, 1);
        CredentialBackup.Kept others = (CredentialBackup.Kept) store.backup(B);
        store.put(C, new BackupStamp(new Epoch(7), 2), others.sealed());
        AccountId gone = new AccountId("account_gone");
        store.clear(gone, new BackupStamp(new Epoch(7), 1));
        store.read.clear();
        Found found = new Found();
        backups.restore(0, new Epoch(8), Set.of(A)::contains, found);
        assertThat(found.end.get()).isEqualTo("settled");
        assertThat(found.accounts).as("not the known, the cleared, nor what is another account's").containsExactly(B);
        assertThat(store.read).doesNotContain(A);
        assertThat(metrics.counter("wafleet.worker.backup.unreadable", "worker", "worker-a").count()).isOne();
    }

    @Test
    void aClaimBelowTheBackupsIsToldBeforeAnythingIsRestored() throws Exception {
        keep(A, 1);
        Found found = new Found();
        backups.restore(0, new Epoch(6), _ -> false, found);
        assertThat(found.end.get()).isEqualTo("claimed too low");
        assertThat(found.accounts).isEmpty();
    }

    @Test
    void aPartitionThatWasLostMeanwhileIsToldNothing() throws Exception {
        keep(A, 1);
        store.hanging = new CountDownLatch(1);
        Found lost = new Found();
        backups.restore(0, new Epoch(8), _ -> false, lost);
        backups.lost(0);
        Found next = new Found();
        backups.restore(0, new Epoch(9), _ -> false, next);
        store.hanging.countDown();
        assertThat(next.end.get()).isEqualTo("settled");
        assertThat(next.accounts).containsExactly(A);
        assertThat(lost.accounts).isEmpty();
        assertThat(lost.end).isNotDone();
    }
}
