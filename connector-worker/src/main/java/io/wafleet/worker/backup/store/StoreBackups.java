package io.wafleet.worker.backup.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.WorkerId;
import io.wafleet.conversations.CredentialBackups;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.worker.backup.BackupPlan;
import io.wafleet.worker.backup.Backups;
import io.wafleet.worker.backup.Copy;
import io.wafleet.worker.sealing.CredentialCipher;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Keeps copies of credentials in the store that is set. Its own threads do all that may take long. */
public final class StoreBackups implements Backups, AutoCloseable {
    private final OpenStore store;
    private final BackupWriters writers;
    private final BackupReader reader;
    private final LongSupplier nanos;

    /**
     * @param opening opens the store; tried again when that fails
     * @param closing how long the end may wait for what is still to be written
     * @param nanos monotonic
     */
    public StoreBackups(WorkerId worker, Supplier<? extends CredentialBackups> opening, AccountPartitions partitions,
            CredentialCipher cipher, Duration interval, Duration closing, LongSupplier nanos, MeterRegistry registry) {
        this.nanos = nanos;
        store = new OpenStore(opening);
        SealedCopy sealing = new SealedCopy(cipher);
        writers = new BackupWriters(new BackupPlan(interval), store, sealing, nanos, closing);
        BackupMetrics metrics = new BackupMetrics(registry, worker,
                () -> Duration.ofNanos(writers.ask(plan -> plan.oldest(nanos.getAsLong()).toNanos())),
                () -> writers.ask(BackupPlan::size));
        reader = new BackupReader(store, sealing, new Listing(store, partitions, nanos), metrics);
        writers.start(metrics);
    }

    @Override
    public void keep(Copy copy, boolean urgent) {
        writers.keep(copy, urgent);
    }

    @Override
    public void handedOver(int partition) {
        reader.lost(partition);
        writers.change(plan -> plan.handedOver(partition, nanos.getAsLong()));
    }

    @Override
    public void lost(int partition) {
        reader.lost(partition);
        writers.change(plan -> plan.lost(partition));
    }

    @Override
    public CompletableFuture<Epoch> newestEpoch(int partition, boolean isJournalEmpty) {
        return reader.newestEpoch(partition, isJournalEmpty);
    }

    @Override
    public void restore(int partition, Epoch epoch, Predicate<AccountId> known, Restored restored) {
        reader.restore(partition, epoch, known, restored);
    }

    @Override
    public void close() {
        writers.close();
        reader.close();
        store.close();
    }
}
