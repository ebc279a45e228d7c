package io.wafleet.worker.backup.store;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.conversations.BackupStamp;
import io.wafleet.conversations.CredentialBackup;
import io.wafleet.worker.backup.Backups;
import io.wafleet.worker.sealing.CredentialCipher.UnsealableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads backups for partitions that were just claimed, on a few threads of its own, one at a time for each partition:
 *
 * <ol>
 *   <li>Ask the store for the accounts that it knows. It fails: again after a pause, until it answers once.
 *   <li>One of the partition's backups is of a later epoch than the claim, so the claim was made without the store: it must be
 *       made anew, higher.
 *   <li>Read the backup of each account that the journal does not know. A cleared one stays gone. One that cannot be opened is told
 *       in the log, and left as it is.
 * </ol>
 */
final class BackupReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupReader.class);
    /** What a takeover of an empty journal waits for the store at most. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration MIN_PAUSE = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 5;
    private static final int THREADS = 4;

    private final OpenStore store;
    private final SealedCopy sealing;
    private final Listing listing;
    private final BackupMetrics metrics;
    private final Map<Integer, Reading> readings = new ConcurrentHashMap<>();
    private final ScheduledExecutorService threads;
    /** Whether it was told that the store does not answer: once for all partitions. */
    private final AtomicBoolean failing = new AtomicBoolean();

    BackupReader(OpenStore store, SealedCopy sealing, Listing listing, BackupMetrics metrics) {
        this.store = store;
        this.sealing = sealing;
        this.listing = listing;
        this.metrics = metrics;
        this.threads = new ScheduledThreadPoolExecutor(THREADS,
                Thread.ofPlatform().daemon().name("backup-reader-", 0).factory());
    }

    CompletableFuture<Epoch> newestEpoch(int partition, boolean isJournalEmpty) {
        if (!isJournalEmpty) {
            return CompletableFuture.completedFuture(listing.newest(partition));
        }
        return CompletableFuture.supplyAsync(() -> {
            listing.of(partition);
            return listing.newest(partition);
        }, threads).orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(_ -> listing.newest(partition));
    }

    void restore(int partition, Epoch epoch, Predicate<AccountId> known, Backups.Restored restored) {
        Reading reading = new Reading(partition, epoch, known, restored);
        readings.put(partition, reading);
        schedule(reading, Duration.ZERO);
    }

    void lost(int partition) {
        readings.remove(partition);
    }

    private void schedule(Reading reading, Duration delay) {
        try {
            var _ = threads.schedule(reading::run, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            // the worker ends
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** The reading of one partition; on one thread at a time. */
    private final class Reading {
        private final int partition;
        private final Epoch epoch;
        private final Predicate<AccountId> known;
        private final Backups.Restored restored;
        private final Set<AccountId> done = new HashSet<>();
        private int failures;

        Reading(int partition, Epoch epoch, Predicate<AccountId> known, Backups.Restored restored) {
            this.partition = partition;
            this.epoch = epoch;
            this.known = known;
            this.restored = restored;
        }

        void run() {
            if (isOver()) {
                return;
            }
            try {
                read(listing.of(partition));
                if (failing.compareAndSet(true, false)) {
                    LOG.info("backups can be asked again");
                }
            } catch (RuntimeException e) {
                if (!threads.isShutdown() && failing.compareAndSet(false, true)) {
                    LOG.warn("backups cannot be asked now, tried again until they can: {}", e.getMessage());
                }
                schedule(this, MIN_PAUSE.multipliedBy(1L << Math.min(failures++, MAX_DOUBLINGS)));
            }
        }

        private boolean isOver() {
            return readings.get(partition) != this;
        }

        private void read(Map<AccountId, BackupStamp> accounts) {
            if (accounts.values().stream().anyMatch(stamp -> epoch.isOlderThan(stamp.epoch()))) {
                end(Backups.Restored::claimedTooLow);
                return;
            }
            accounts.keySet().stream().filter(a -> !known.test(a) && !done.contains(a)).forEach(account -> {
                if (!isOver()) {
                    read(account);
                    done.add(account);
                }
            });
            end(Backups.Restored::settled);
        }

        private void end(Consumer<Backups.Restored> how) {
            if (readings.remove(partition, this)) {
                how.accept(restored);
            }
        }

        private void read(AccountId account) {
            switch (store.backups().backup(account)) {
                case CredentialBackup.Kept kept -> open(account, kept);
                case CredentialBackup.Cleared _ -> LOG.debug("{} was logged out: stays so", account);
                case CredentialBackup.Absent _ -> LOG.debug("{} has no backup any more", account);
            }
        }

        private void open(AccountId account, CredentialBackup.Kept kept) {
            try {
                SealedCopy.Opened opened = sealing.open(account, kept.sealed());
                metrics.restored.increment();
                restored.found(opened.account(), opened.credentials());
            } catch (UnsealableException | UnreadableRecordException e) {
                metrics.unreadable.increment();
                LOG.error("backup of {} is left as it is: {}", account, e.getMessage());
            }
        }
    }
}
