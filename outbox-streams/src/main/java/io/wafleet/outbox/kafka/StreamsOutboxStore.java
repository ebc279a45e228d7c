package io.wafleet.outbox.kafka;

import io.wafleet.contract.JsonCodec;
import io.wafleet.outbox.core.Key;
import io.wafleet.outbox.core.OutboxStore;
import io.wafleet.outbox.core.Table;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The outbox's tables in two Streams stores; rows as JSON, so that a newer version reads what an older one wrote. Why two, and which:
 * {@code docs/adr/0010-outbox-stores.md}.
 */
final class StreamsOutboxStore implements OutboxStore {
    private final KeyValueStore<Bytes, byte[]> index;
    private final KeyValueStore<Bytes, byte[]> kept;
    private final RecentRows recent = new RecentRows();

    StreamsOutboxStore(KeyValueStore<Bytes, byte[]> index, KeyValueStore<Bytes, byte[]> kept) {
        this.index = index;
        this.kept = kept;
    }

    @Override
    public <V> @Nullable V get(Table<V> table, Key key) {
        Bytes bytes = bytes(table, key);
        Object known = recent.get(bytes);
        if (known != null) {
            return table.type().cast(known);
        }
        byte[] value = place(table).get(bytes);
        return value == null ? null : read(table, bytes, value);
    }

    private <V> V read(Table<V> table, Bytes key, byte[] value) {
        V row = JsonCodec.decode(value, table.type());
        recent.put(key, row, value.length);
        return row;
    }

    @Override
    public <V> void put(Table<V> table, Key key, V value) {
        Bytes bytes = bytes(table, key);
        byte[] encoded = encode(value);
        place(table).put(bytes, encoded);
        recent.put(bytes, value, encoded.length);
    }

    @Override
    public void delete(Table<?> table, Key key) {
        Bytes bytes = bytes(table, key);
        KeyValueStore<Bytes, byte[]> store = place(table);
        // A look costs less than a tombstone on the changelog; much is put and removed again within one step.
        if (store.get(bytes) != null) {
            store.delete(bytes);
            recent.forget(bytes);
        }
    }

    @Override
    public <V> List<Entry<V>> scan(Table<V> table, Key from, Key to, int limit) {
        List<Entry<V>> rows = new ArrayList<>();
        Bytes end = bytes(table, to);
        try (KeyValueIterator<Bytes, byte[]> found = place(table).range(bytes(table, from), end)) {
            while (rows.size() < limit && found.hasNext()) {
                KeyValue<Bytes, byte[]> row = found.next();
                if (!row.key.equals(end)) {
                    Object known = recent.get(row.key);
                    V value = known == null ? read(table, row.key, row.value) : table.type().cast(known);
                    rows.add(new Entry<>(key(row.key), value));
                }
            }
        }
        return rows;
    }

    private KeyValueStore<Bytes, byte[]> place(Table<?> table) {
        return switch (table.place()) {
            case INDEX -> index;
            case KEPT -> kept;
        };
    }

    /** A row that cannot be written would leave half a step behind: that must end the transaction, not only the step. */
    private static byte[] encode(Object value) {
        try {
            return JsonCodec.encode(value);
        } catch (RuntimeException e) {
            throw new StreamsException("a " + value.getClass().getSimpleName() + " cannot be written", e);
        }
    }

    private static Bytes bytes(Table<?> table, Key key) {
        byte[] plain = key.bytes();
        byte[] tagged = new byte[plain.length + 1];
        tagged[0] = (byte) table.tag();
        System.arraycopy(plain, 0, tagged, 1, plain.length);
        return Bytes.wrap(tagged);
    }

    private static Key key(Bytes tagged) {
        byte[] bytes = tagged.get();
        return Key.ofBytes(java.util.Arrays.copyOfRange(bytes, 1, bytes.length));
    }
}
