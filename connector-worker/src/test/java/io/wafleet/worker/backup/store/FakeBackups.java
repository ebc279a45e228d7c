package io.wafleet.worker.backup.store;

import io.wafleet.contract.AccountId;
import io.wafleet.conversations.BackupStamp;
import io.wafleet.conversations.CredentialBackup;
import io.wafleet.conversations.CredentialBackup.Verdict;
import io.wafleet.conversations.CredentialBackups;
import io.wafleet.conversations.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Backups in memory, by the rules that all stores share; it can be down, or hang. */
final class FakeBackups implements CredentialBackups {
    final Map<AccountId, CredentialBackup> kept = new ConcurrentHashMap<>();
    /** Every stamp that was stored for an account, in order. */
    final Map<AccountId, List<BackupStamp>> stored = new ConcurrentHashMap<>();
    final List<AccountId> read = new CopyOnWriteArrayList<>();
    volatile boolean down;
    /** Every call waits for it. */
    volatile CountDownLatch hanging = new CountDownLatch(0);
    /** Calls made so far. */
    final AtomicInteger calls = new AtomicInteger();

    private void call() {
        calls.incrementAndGet();
        try {
            hanging.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(StoreUnavailableException.Reason.DOWN, "interrupted", e);
        }
        if (down) {
            throw new StoreUnavailableException(StoreUnavailableException.Reason.DOWN, "down", null);
        }
    }

    List<BackupStamp> stored(AccountId account) {
        return stored.getOrDefault(account, List.of());
    }

    @Override
    public Map<AccountId, BackupStamp> backups() {
        call();
        Map<AccountId, BackupStamp> stamps = new ConcurrentHashMap<>();
        kept.forEach((account, backup) -> {
            switch (backup) {
                case CredentialBackup.Kept one -> stamps.put(account, one.stamp());
                case CredentialBackup.Cleared(BackupStamp stamp) -> stamps.put(account, stamp);
                case CredentialBackup.Absent _ -> {
                    // nothing is known of it
                }
            }
        });
        return stamps;
    }

    @Override
    public CredentialBackup backup(AccountId account) {
        call();
        read.add(account);
        return known(account);
    }

    private CredentialBackup known(AccountId account) {
        return kept.getOrDefault(account, new CredentialBackup.Absent());
    }

    @Override
    public BackupOutcome put(AccountId account, BackupStamp stamp, byte[] sealed) {
        call();
        return store(account, stamp, new CredentialBackup.Kept(stamp, sealed), known(account).onPut(stamp));
    }

    @Override
    public BackupOutcome clear(AccountId account, BackupStamp stamp) {
        call();
        return store(account, stamp, new CredentialBackup.Cleared(stamp), known(account).onClear(stamp));
    }

    private synchronized BackupOutcome store(AccountId account, BackupStamp stamp, CredentialBackup backup,
            Verdict verdict) {
        if (verdict == Verdict.NEWER) {
            kept.put(account, backup);
            stored.computeIfAbsent(account, _ -> new CopyOnWriteArrayList<>()).add(stamp);
        }
        return verdict == Verdict.OLDER ? BackupOutcome.OLDER : BackupOutcome.STORED;
    }
}
