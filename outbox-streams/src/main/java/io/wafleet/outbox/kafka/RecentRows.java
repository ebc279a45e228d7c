package io.wafleet.outbox.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The rows used last, as they were read or written, so that a message's row is not read anew at each of its steps. Rows are immutable; what
 * is stored is written at once. Bounded: at most {@link #MAX_ROWS}, none of which takes more than {@link #MAX_BYTES} as JSON. On its
 * partition's thread.
 */
final class RecentRows {
    private static final int MAX_ROWS = 512;
    private static final int MAX_BYTES = 2048;

    private final Map<Bytes, Object> rows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Object> eldest) {
            return size() > MAX_ROWS;
        }
    };

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

    void forget(Bytes key) {
        rows.remove(key);
    }
}
