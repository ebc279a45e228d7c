package io.wafleet.outbox.kafka;

import io.wafleet.outbox.core.Age;
import io.wafleet.outbox.core.Ageing;
import io.wafleet.outbox.core.Key;
import io.wafleet.outbox.core.MemoryStore;
import io.wafleet.outbox.core.OutboxStore;
import io.wafleet.outbox.core.Table;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The outbox's tables in two Streams stores, and its index in plain memory. Why, and which: {@code docs/adr/0010-outbox-stores.md}.
 */
final class StreamsOutboxStore implements OutboxStore {
    private final OutboxStore accounts;
    private final OutboxStore kept;
    private final OutboxStore index = new MemoryStore();

    /**
     * @param partitions of the fleet
     */
    StreamsOutboxStore(KeyValueStore<Bytes, byte[]> accounts, KeyValueStore<Bytes, byte[]> kept, int partitions) {
        this.accounts = new LoggedStore(accounts, partitions);
        this.kept = new LoggedStore(kept, partitions);
    }

    @Override
    public <V> @Nullable V get(Table<V> table, Key key) {
        return place(table).get(table, key);
    }

    @Override
    public <V> void put(Table<V> table, Key key, V value) {
        place(table).put(table, key, value);
    }

    @Override
    public void delete(Table<?> table, Key key) {
        place(table).delete(table, key);
    }

    @Override
    public <V> List<Entry<V>> scan(Table<V> table, Key from, Key to, int limit) {
        return place(table).scan(table, from, to, limit);
    }

    @Override
    public List<Entry<Age>> ages(Table<? extends Ageing> table, Key from, Key to, int limit) {
        return place(table).ages(table, from, to, limit);
    }

    private OutboxStore place(Table<?> table) {
        return switch (table.place()) {
            case ACCOUNTS -> accounts;
            case KEPT -> kept;
            case INDEX -> index;
        };
    }
}
