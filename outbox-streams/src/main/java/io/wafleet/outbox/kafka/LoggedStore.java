package io.wafleet.outbox.kafka;

import io.wafleet.contract.JsonCodec;
import io.wafleet.outbox.core.Age;
import io.wafleet.outbox.core.Ageing;
import io.wafleet.outbox.core.Key;
import io.wafleet.outbox.core.OutboxStore;
import io.wafleet.outbox.core.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tables in one Streams store; rows as JSON, so that a newer version reads what an older one wrote. */
final class LoggedStore implements OutboxStore {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedStore.class);
    private static final int MAX_TOLD = 1_000;

    private final KeyValueStore<Bytes, byte[]> rows;
    private final RecentRows recent;
    /** Those that were told of: each once. */
    private final Set<Bytes> unreadable = new HashSet<>();

    /**
     * @param partitions of the fleet
     */
    LoggedStore(KeyValueStore<Bytes, byte[]> rows, int partitions) {
        this.rows = rows;
        this.recent = new RecentRows(partitions);
    }

    @Override
    public <V> @Nullable V get(Table<V> table, Key key) {
        Bytes bytes = bytes(table, key);
        Object known = recent.get(bytes);
        if (known != null) {
            return known instanceof RecentRows.Removed ? null : table.type().cast(known);
        }
        byte[] value = stored(() -> rows.get(bytes));
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
        stored(() -> {
            rows.put(bytes, encoded);
            return bytes;
        });
        recent.put(bytes, value, encoded.length);
    }

    @Override
    public void delete(Table<?> table, Key key) {
        Bytes bytes = bytes(table, key);
        // A look costs less than a tombstone on the changelog; much is put and removed again within one step.
        if (isThere(bytes)) {
            stored(() -> rows.delete(bytes));
            recent.removed(bytes);
        }
    }

    private boolean isThere(Bytes key) {
        Object known = recent.get(key);
        return known == null ? stored(() -> rows.get(key)) != null : !(known instanceof RecentRows.Removed);
    }

    /** Remembers nothing: a walk over what is old would push out what is in use. */
    @Override
    public <V> List<Entry<V>> scan(Table<V> table, Key from, Key to, int limit) {
        return stored(() -> range(table, table.type(), bytes(table, from), bytes(table, to), limit));
    }

    /** The rest of each row's JSON is passed over. */
    @Override
    public List<Entry<Age>> ages(Table<? extends Ageing> table, Key from, Key to, int limit) {
        return stored(() -> range(table, Age.class, bytes(table, from), bytes(table, to), limit));
    }

    /**
     * Some rows.
     *
     * @param as what is read of each
     */
    private <V> List<Entry<V>> range(Table<?> table, Class<V> as, Bytes from, Bytes end, int limit) {
        List<Entry<V>> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = rows.range(from, end)) {
            while (found.size() < limit && all.hasNext()) {
                KeyValue<Bytes, byte[]> row = all.next();
                V value = row.key.equals(end) ? null : readable(table, as, row);
                if (value != null) {
                    found.add(new Entry<>(key(row.key), value));
                }
            }
        }
        return found;
    }

    /** What an other release wrote, and this one cannot read, waits for one that can; all else goes on. */
    private <V> @Nullable V readable(Table<?> table, Class<V> as, KeyValue<Bytes, byte[]> row) {
        Object known = as.equals(table.type()) ? recent.get(row.key) : null;
        try {
            return as.isInstance(known) ? as.cast(known) : JsonCodec.decode(row.value, as);
        } catch (RuntimeException e) {
            if (unreadable.size() < MAX_TOLD && unreadable.add(row.key)) {
                LOG.error("a stored row of table {} cannot be read by this release, and is left as it is: {}",
                        table.tag(),
                        e.getClass().getSimpleName());
            }
            return null;
        }
    }

    /** What the store throws, or its changelog's producer, ends the transaction too, whatever it is: half a step may be written. */
    private static <T> T stored(Supplier<T> access) {
        try {
            return access.get();
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StreamsException("the store failed", e);
        }
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
