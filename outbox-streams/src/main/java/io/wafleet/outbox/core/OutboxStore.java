package io.wafleet.outbox.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one partition's outbox. Owned by the thread that runs the partition. A write is seen by each later read; it lasts
 * when the surrounding transaction commits. No expected refusal; a store that cannot answer throws, and the transaction ends.
 */
public interface OutboxStore {
    /** The row; null when there is none. */
    <V> @Nullable V get(Table<V> table, Key key);

    <V> void put(Table<V> table, Key key, V value);

    /** Removes the row, if there is one. */
    void delete(Table<?> table, Key key);

    /**
     * Rows in the order of their keys. The cost grows with what is returned, not with what is stored.
     *
     * @param from inclusive
     * @param to exclusive
     * @param limit how many at most
     */
    <V> List<Entry<V>> scan(Table<V> table, Key from, Key to, int limit);

    /**
     * As {@link #scan}, but of each row only its age: who walks over many rows need not read them.
     *
     * @param table of rows that age
     */
    default List<Entry<Age>> ages(Table<? extends Ageing> table, Key from, Key to, int limit) {
        return scan(table, from, to, limit).stream()
                .map(row -> new Entry<>(row.key(), new Age(row.value().keptUntil()))).toList();
    }

    /** A row with its key. */
    record Entry<V>(Key key, V value) {}
}
