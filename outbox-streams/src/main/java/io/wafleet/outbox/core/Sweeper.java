package io.wafleet.outbox.core;

import io.wafleet.contract.MessageStatusRecord;
import java.time.Instant;
import java.util.List;

/**
 * Removes what need not be kept any longer: free idempotency keys, old final messages. It walks round and round, a few rows at a
 * time, since an index by time would cost a write for each message, for rows that may go late. It walks at least as fast as rows are made: what
 * becomes final makes a row or two that will be old one day, and for each the walk goes on by {@link #ROWS_FOR_EACH_FINAL}. So no more is ever
 * kept than about twice what must be. On the partition's thread.
 */
public final class Sweeper {
    private static final int ROWS_FOR_EACH_FINAL = 2;
    /** So that a sweep takes milliseconds; the rest is left to the next one. */
    private static final int MOST_ROWS = 5000;
    private static final int ROWS_AT_ONCE = 500;

    private Key keys = Key.FIRST;
    private Key finals = Key.FIRST;
    private int owed;

    /** Counts what became final among these. */
    public void made(List<Output> outputs) {
        for (Output output : outputs) {
            if (output instanceof Output.MessageChanged(MessageStatusRecord status) && status.status().isFinal()) {
                owed += ROWS_FOR_EACH_FINAL;
            }
        }
    }

    /** How many rows of each table the next sweep is to look at, at least. */
    public int owed() {
        return Math.min(owed, MOST_ROWS);
    }

    /**
     * Looks at the next rows.
     *
     * @param rows how many of each table
     */
    public void sweep(OutboxStore store, Instant now, int rows) {
        owed = Math.max(0, owed - rows);
        for (int left = rows; left > 0; left -= ROWS_AT_ONCE) {
            sweepSome(store, now, Math.min(left, ROWS_AT_ONCE));
        }
    }

    /** Failed messages are kept whole, and may be large. */
    private void sweepSome(OutboxStore store, Instant now, int rows) {
        List<OutboxStore.Entry<KeyRow>> someKeys = store.scan(Table.KEYS, keys, Key.LAST, rows);
        someKeys.stream().filter(e -> e.value().isFree(now)).forEach(e -> store.delete(Table.KEYS, e.key()));
        keys = after(someKeys, rows);
        List<OutboxStore.Entry<FinalRow>> someFinals = store.scan(Table.FINALS, finals, Key.LAST, rows);
        someFinals.stream().filter(e -> !now.isBefore(e.value().keptUntil()))
                .forEach(e -> store.delete(Table.FINALS, e.key()));
        finals = after(someFinals, rows);
    }

    /** Fewer than were asked for are the last ones. Were it only none, rows that keep coming at the end would hold the walk there. */
    private static Key after(List<? extends OutboxStore.Entry<?>> some, int asked) {
        return some.size() < asked ? Key.FIRST : some.getLast().key().next();
    }
}
