package io.wafleet.worker.journal;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.JournalKey;
import io.wafleet.contract.JournalRecord;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.TransactionalId;
import io.wafleet.contract.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One partition's journal, folded: the latest record for each key. {@link #replay} is the only mutator. Used by one thread at a
 * time.
 */
public final class JournalImage {
    private JournalRecord.@Nullable PartitionState partition;
    private final Map<TransactionalId, JournalRecord.OwnerClaim> owners = new HashMap<>();
    private final Map<AccountId, JournalRecord.AccountState> accounts = new TreeMap<>();
    private final Map<AccountId, Map<String, String>> credentials = new HashMap<>();
    private long records;

    /**
     * Takes a record in.
     *
     * @param value null deletes
     * @throws UnreadableRecordException when key or value cannot be read; the image stays as it was
     */
    public void replay(byte @Nullable [] key, byte @Nullable [] value) {
        if (key == null) {
            throw new UnreadableRecordException("journal record without key");
        }
        JournalKey parsed = JournalKey.parse(new String(key, StandardCharsets.UTF_8));
        JournalRecord record = value == null ? null : JsonCodec.decode(value, JournalRecord.class);
        apply(parsed, record);
        records++;
    }

    private void apply(JournalKey key, @Nullable JournalRecord record) {
        switch (key) {
            case JournalKey.Partition _ -> partition = cast(record, JournalRecord.PartitionState.class);
            case JournalKey.Owner(TransactionalId id) ->
                put(owners, id, cast(record, JournalRecord.OwnerClaim.class));
            case JournalKey.Account(AccountId id) ->
                put(accounts, id, cast(record, JournalRecord.AccountState.class));
            case JournalKey.Credential(AccountId id, String name) -> {
                JournalRecord.Credential credential = cast(record, JournalRecord.Credential.class);
                Map<String, String> parts = credentials.computeIfAbsent(id, _ -> new LinkedHashMap<>());
                put(parts, name, credential == null ? null : credential.sealed());
                if (parts.isEmpty()) {
                    credentials.remove(id);
                }
            }
        }
    }

    private static <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    private static <T extends JournalRecord> @Nullable T cast(@Nullable JournalRecord record, Class<T> type) {
        if (record != null && !type.isInstance(record)) {
            throw new UnreadableRecordException("journal value does not fit its key");
        }
        return type.cast(record);
    }

    /** The newest claim's epoch; {@link Epoch#NONE} in an empty journal. */
    public Epoch epoch() {
        return partition == null ? Epoch.NONE : partition.epoch();
    }

    /** Offset of the next command to read; 0 in an empty journal. */
    public long position() {
        return partition == null ? 0 : partition.position();
    }

    /** Producers with a live claim: each may still write until it is fenced. */
    public Set<TransactionalId> owners() {
        return Set.copyOf(owners.keySet());
    }

    /** All accounts, by id. */
    public Map<AccountId, JournalRecord.AccountState> accounts() {
        return Collections.unmodifiableMap(accounts);
    }

    /** An account's credential parts by name, sealed; empty when it has none. */
    public Map<String, String> credentials(AccountId account) {
        return Collections.unmodifiableMap(credentials.getOrDefault(account, Map.of()));
    }

    /** How many records were replayed. */
    public long records() {
        return records;
    }
}
