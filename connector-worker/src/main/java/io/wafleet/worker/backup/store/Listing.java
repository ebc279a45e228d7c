package io.wafleet.worker.backup.store;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Epoch;
import io.wafleet.conversations.BackupStamp;
import io.wafleet.kafka.AccountPartitions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The accounts that the store knows, by partition; asked of it once for all partitions that come together. Thread-safe. */
final class Listing {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final OpenStore store;
    private final AccountPartitions partitions;
    private final LongSupplier nanos;
    private volatile Map<Integer, Map<AccountId, BackupStamp>> known = Map.of();
    private @Nullable RuntimeException failure;
    private long asked;
    private boolean wasAsked;

    Listing(OpenStore store, AccountPartitions partitions, LongSupplier nanos) {
        this.store = store;
        this.partitions = partitions;
        this.nanos = nanos;
    }

    /**
     * The partition's accounts, cleared ones among them.
     *
     * @throws RuntimeException the store's, when it does not answer, or did not a moment ago
     */
    synchronized Map<AccountId, BackupStamp> of(int partition) {
        if (!wasAsked || nanos.getAsLong() - asked > FRESH_NANOS) {
            ask();
        }
        if (failure != null) {
            throw failure;
        }
        return known.getOrDefault(partition, Map.of());
    }

    /** The greatest epoch that was seen for the partition; asks nobody, and waits for nobody who asks. */
    Epoch newest(int partition) {
        return known.getOrDefault(partition, Map.of()).values().stream().map(BackupStamp::epoch)
                .max(Epoch::compareTo).orElse(Epoch.NONE);
    }

    private void ask() {
        try {
            Map<Integer, Map<AccountId, BackupStamp>> found = new HashMap<>();
            store.backups().backups().forEach((account, stamp) -> found
                    .computeIfAbsent(partitions.of(account), _ -> new HashMap<>()).put(account, stamp));
            known = found;
            failure = null;
        } catch (RuntimeException e) {
            failure = e;
        }
        asked = nanos.getAsLong();
        wasAsked = true;
    }
}
