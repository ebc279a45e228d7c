package io.wafleet.outbox.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes over a store that are written all or none: a step that fails half-way leaves nothing behind, and a row that a step
 * changes five times is written once. Lives for one step, on its thread.
 */
final class Draft implements OutboxStore {
    private final OutboxStore base;
    private final Map<Table<?>, NavigableMap<Key, Change>> changes = new HashMap<>();

    Draft(OutboxStore base) {
        this.base = base;
    }

    /** The new value; null: removed. */
    private record Change(@Nullable Object value) {}

    @Override
    public <V> @Nullable V get(Table<V> table, Key key) {
        Change change = of(table).get(key);
        return change == null ? base.get(table, key) : table.type().cast(change.value);
    }

    @Override
    public <V> void put(Table<V> table, Key key, V value) {
        of(table).put(key, new Change(value));
    }

    @Override
    public void delete(Table<?> table, Key key) {
        of(table).put(key, new Change(null));
    }

    @Override
    public <V> List<Entry<V>> scan(Table<V> table, Key from, Key to, int limit) {
        NavigableMap<Key, Change> mine = of(table).subMap(from, true, to, false);
        int removed = (int) mine.values().stream().filter(c -> c.value == null).count();
        TreeMap<Key, V> merged = new TreeMap<>();
        base.scan(table, from, to, limit + removed).forEach(e -> merged.put(e.key(), e.value()));
        mine.forEach((key, change) -> {
            V value = table.type().cast(change.value);
            if (value == null) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        List<Entry<V>> rows = new ArrayList<>();
        merged.entrySet().stream().limit(limit).forEach(e -> rows.add(new Entry<>(e.getKey(), e.getValue())));
        return rows;
    }

    /** Writes everything to the store below. */
    void commit() {
        changes.forEach(this::commit);
    }

    private <V> void commit(Table<V> table, NavigableMap<Key, Change> rows) {
        rows.forEach((key, change) -> {
            V value = table.type().cast(change.value);
            if (value == null) {
                base.delete(table, key);
            } else {
                base.put(table, key, value);
            }
        });
    }

    private NavigableMap<Key, Change> of(Table<?> table) {
        return changes.computeIfAbsent(table, _ -> new TreeMap<>());
    }
}
