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

    StreamsOutboxStore(KeyValueStore<Bytes, byte[]> index, KeyValueStore<Bytes, byte[]> kept) {
        this.index = index;
        this.kept = kept;
    }

    @Override
    public <V> @Nullable V get(Table<V> table, Key key) {
        byte[] value = place(table).get(bytes(table, key));
        return value == null ? null : JsonCodec.decode(value, table.type());
    }

    @Override
    public <V> void put(Table<V> table, Key key, V value) {
        place(table).put(bytes(table, key), encode(value));
    }

    @Override
    public void delete(Table<?> table, Key key) {
        Bytes bytes = bytes(table, key);
        KeyValueStore<Bytes, byte[]> store = place(table);
        // A look costs less than a tombstone on the changelog; much is put and removed again within one step.
        if (store.get(bytes) != null) {
            store.delete(bytes);
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
                    rows.add(new Entry<>(key(row.key), JsonCodec.decode(row.value, table.type())));
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
