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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One partition's journal, folded: the latest record for each key. {@link #replay} is the only mutator. Used by one thread at a
 * time.
 *
 * <p>A record that cannot be read hides nothing else: what its key says still counts, and the record before it, if compaction has left
 * one, stands for it.
 */
public final class JournalImage {
    private JournalRecord.@Nullable PartitionState partition;
    private final Set<TransactionalId> owners = new HashSet<>();
    private final Map<AccountId, JournalRecord.AccountState> accounts = new TreeMap<>();
    private final Map<AccountId, Map<String, String>> credentials = new HashMap<>();
    private final Set<AccountId> known = new HashSet<>();
    private final Map<String, Unreadable> unreadable = new LinkedHashMap<>();

    /**
     * Takes a record in.
     *
     * @param value null deletes
     */
    public void replay(long offset, byte @Nullable [] key, byte @Nullable [] value) {
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        JournalKey parsed = null;
        try {
            parsed = JournalKey.parse(text);
            note(parsed);
            apply(parsed, value == null ? null : JsonCodec.decode(value, JournalRecord.class));
            unreadable.remove(text);
        } catch (UnreadableRecordException e) {
            if (value == null) {
                unreadable.remove(text);
            } else {
                unreadable.put(text, new Unreadable(offset, parsed, key, value, String.valueOf(e.getMessage())));
            }
            if (parsed instanceof JournalKey.Owner(TransactionalId id)) {
                owners.add(id);
            }
        }
    }

    private void note(JournalKey key) {
        switch (key) {
            case JournalKey.Account(AccountId id) -> known.add(id);
            case JournalKey.Credential(AccountId id, _) -> known.add(id);
            case JournalKey.Partition _,JournalKey.Owner _ -> {
                // about no account
            }
        }
    }

    private void apply(JournalKey key, @Nullable JournalRecord record) {
        switch (key) {
            case JournalKey.Partition _ -> partition = cast(record, JournalRecord.PartitionState.class);
            case JournalKey.Owner(TransactionalId id) -> {
                if (cast(record, JournalRecord.OwnerClaim.class) == null) {
                    owners.remove(id);
                } else {
                    owners.add(id);
                }
            }
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
        return Set.copyOf(owners);
    }

    /** All accounts, by id. */
    public Map<AccountId, JournalRecord.AccountState> accounts() {
        return Collections.unmodifiableMap(accounts);
    }

    /** An account's credential parts by name, sealed; empty when it has none. */
    public Map<String, String> credentials(AccountId account) {
        return Collections.unmodifiableMap(credentials.getOrDefault(account, Map.of()));
    }

    /** The accounts of which anything at all was read: a deletion, or what cannot be read, is knowledge too. */
    public Set<AccountId> known() {
        return Set.copyOf(known);
    }

    /** Whether the account's newest record could not be read. */
    public boolean isUnreadable(AccountId account) {
        return unreadable.containsKey(new JournalKey.Account(account).text());
    }

    /** The names of the account's credential parts that could not be read. */
    public Set<String> unreadableParts(AccountId account) {
        return unreadable.values().stream().map(Unreadable::key)
                .flatMap(key -> key instanceof JournalKey.Credential part && part.account().equals(account)
                        ? Stream.of(part.key())
                        : Stream.empty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What could not be read, and nothing newer stands for. */
    public List<Unreadable> unreadable() {
        return List.copyOf(unreadable.values());
    }
}
