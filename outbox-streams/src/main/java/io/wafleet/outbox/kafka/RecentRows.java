package io.wafleet.outbox.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The rows used last, as they were read or written, so that a message's row is not read anew at each of its steps; and that it was removed, so
 * that what comes for a message afterwards need not be looked for on disk. Rows are immutable; what is stored is written at once. Bounded: by
 * a number of rows, none of which takes more than {@link #MAX_BYTES} as JSON. On its partition's thread.
 */
final class RecentRows {
    /** In a row's place: it is known not to be there. */
    enum Removed {
        REMOVED
    }

    /** A process may hold all partitions, however many: together they remember so much in each of their stores. */
    private static final int ROWS_OF_ALL_PARTITIONS = 32 * 1024;
    private static final int MAX_BYTES = 2048;

    private final Map<Bytes, Object> rows;

    /**
     * @param partitions that share a process's memory, 1 or more
     */
    RecentRows(int partitions) {
        int most = Math.max(1, ROWS_OF_ALL_PARTITIONS / partitions);
        rows = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Bytes, Object> eldest) {
                return size() > most;
            }
        };
    }

    /** The row, {@link Removed}, or null: not known. */
    @Nullable
    Object get(Bytes key) {
        return rows.get(key);
    }

    /**
     * @param bytes that it takes in the store
     */
    void put(Bytes key, Object row, int bytes) {
        if (bytes <= MAX_BYTES) {
            rows.put(key, row);
        } else {
            rows.remove(key);
        }
    }

    /** Only what was used lately is remembered: a walk that removes what is old would push out what is in use. */
    void removed(Bytes key) {
        rows.replace(key, Removed.REMOVED);
    }
}
