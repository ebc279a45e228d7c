package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a batch reads and changes, each document read once and written once. An adapter makes one per transaction, lets
 * {@link Fold} change it, and writes what {@link #drain} gives. Not thread-safe.
 */
public final class WriteSet {
    private final Documents store;
    private final Table<AccountId, Instant> erasures;
    private final Table<AccountId, AccountStatusRecord> accounts;
    private final Table<ThreadId, Alias> aliases;
    private final Table<ThreadId, StoredThread> threads;
    private final Table<Address, StoredMessage> messages;

    public WriteSet(Documents store) {
        this.store = store;
        erasures = new Table<>(store::erasedAt);
        accounts = new Table<>(store::account);
        aliases = new Table<>(id -> this.store.alias(id.account(), id.chat()));
        threads = new Table<>(store::thread);
        messages = new Table<>(address -> this.store.message(address.thread, address.id));
    }

    private record Address(ThreadId thread, MessageId id) {}

    /**
     * One document to write.
     *
     * @param before as the store has it; null: it is new
     */
    public record Written<T>(@Nullable T before, T after) {}

    /** What is to be written. */
    public record Drained(List<Written<AccountStatusRecord>> accounts, List<Written<Alias>> aliases,
            List<Written<StoredThread>> threads, List<Written<StoredMessage>> messages) {
        public int size() {
            return accounts.size() + aliases.size() + threads.size() + messages.size();
        }
    }

    /** What differs from the store; from here on it counts as written. */
    public Drained drain() {
        return new Drained(accounts.drain(), aliases.drain(), threads.drain(), messages.drain());
    }

    @Nullable
    Instant erasedAt(AccountId account) {
        return erasures.get(account);
    }

    @Nullable
    AccountStatusRecord account(AccountId account) {
        return accounts.get(account);
    }

    void put(AccountStatusRecord account) {
        accounts.put(account.account(), account);
    }

    @Nullable
    Alias alias(AccountId account, Chat lid) {
        return aliases.get(new ThreadId(account, lid));
    }

    void put(Alias alias) {
        aliases.put(new ThreadId(alias.account(), alias.lid()), alias);
    }

    @Nullable
    StoredThread thread(ThreadId id) {
        return threads.get(id);
    }

    void put(StoredThread thread) {
        threads.put(thread.id(), thread);
    }

    @Nullable
    StoredMessage message(ThreadId thread, MessageId id) {
        return messages.get(new Address(thread, id));
    }

    void put(StoredMessage message) {
        messages.put(new Address(message.thread(), message.id()), message);
    }

    /** Forgets a message that the adapter took out of the store. */
    public void forget(ThreadId thread, MessageId id) {
        messages.forget(new Address(thread, id));
    }

    /** Documents of one kind, with what the store has of them. */
    private static final class Table<K, T> {
        private final Function<K, @Nullable T> load;
        private final Map<K, Entry<T>> entries = new HashMap<>();
        private final Map<K, Entry<T>> changed = new LinkedHashMap<>();

        Table(Function<K, @Nullable T> load) {
            this.load = load;
        }

        private static final class Entry<T> {
            private @Nullable T before;
            private @Nullable T now;
        }

        @Nullable
        T get(K key) {
            return entry(key).now;
        }

        void put(K key, T value) {
            Entry<T> entry = entry(key);
            entry.now = value;
            changed.put(key, entry);
        }

        void forget(K key) {
            entries.remove(key);
            changed.remove(key);
        }

        private Entry<T> entry(K key) {
            return entries.computeIfAbsent(key, k -> {
                Entry<T> entry = new Entry<>();
                entry.before = load.apply(k);
                entry.now = entry.before;
                return entry;
            });
        }

        List<Written<T>> drain() {
            List<Written<T>> written = new ArrayList<>();
            for (Entry<T> entry : changed.values()) {
                T now = entry.now;
                if (now != null && !Objects.equals(now, entry.before)) {
                    written.add(new Written<>(entry.before, now));
                    entry.before = now;
                }
            }
            changed.clear();
            return written;
        }
    }
}
