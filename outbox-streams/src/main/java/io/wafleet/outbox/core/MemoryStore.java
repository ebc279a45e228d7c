package io.wafleet.outbox.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** State in plain maps, gone with the process. On the thread of its partition. */
public final class MemoryStore implements OutboxStore {
    private final Map<Table<?>, NavigableMap<Key, Object>> tables = new HashMap<>();

    @Override
    public <V> @Nullable V get(Table<V> table, Key key) {
        return table.type().cast(of(table).get(key));
    }

    @Override
    public <V> void put(Table<V> table, Key key, V value) {
        of(table).put(key, value);
    }

    @Override
    public void delete(Table<?> table, Key key) {
        of(table).remove(key);
    }

    @Override
    public <V> List<Entry<V>> scan(Table<V> table, Key from, Key to, int limit) {
        List<Entry<V>> rows = new ArrayList<>();
        // Not a stream: that asks for the range's size first, which a tree counts row by row.
        for (Map.Entry<Key, Object> row : of(table).subMap(from, true, to, false).entrySet()) {
            if (rows.size() == limit) {
                break;
            }
            rows.add(new Entry<>(row.getKey(), table.type().cast(row.getValue())));
        }
        return rows;
    }

    /** How many rows a table has. */
    int size(Table<?> table) {
        return of(table).size();
    }

    private NavigableMap<Key, Object> of(Table<?> table) {
        return tables.computeIfAbsent(table, _ -> new TreeMap<>());
    }
}
