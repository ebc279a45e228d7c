package io.wafleet.outbox.core;

import java.time.Instant;
import java.util.List;

/**
 * Removes what need not be kept any longer: free idempotency keys, old final messages. It walks round and round, a few rows at a
 * time, since an index by time would cost a write for each message, for rows that may go late. On the partition's thread.
 */
public final class Sweeper {
    private Key keys = Key.FIRST;
    private Key finals = Key.FIRST;

    /**
     * Looks at the next rows.
     *
     * @param rows how many of each table
     */
    public void sweep(OutboxStore store, Instant now, int rows) {
        List<OutboxStore.Entry<KeyRow>> someKeys = store.scan(Table.KEYS, keys, Key.LAST, rows);
        someKeys.stream().filter(e -> e.value().isFree(now)).forEach(e -> store.delete(Table.KEYS, e.key()));
        keys = after(someKeys);
        List<OutboxStore.Entry<FinalRow>> someFinals = store.scan(Table.FINALS, finals, Key.LAST, rows);
        someFinals.stream().filter(e -> !now.isBefore(e.value().keptUntil()))
                .forEach(e -> store.delete(Table.FINALS, e.key()));
        finals = after(someFinals);
    }

    private static Key after(List<? extends OutboxStore.Entry<?>> rows) {
        return rows.isEmpty() ? Key.FIRST : rows.getLast().key().next();
    }
}
