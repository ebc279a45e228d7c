package io.wafleet.outbox.core;

import java.time.Instant;
import java.util.List;

/**
 * Removes what need not be kept any longer: free idempotency keys, old final messages. It walks round and round, a few rows at a
 * time, since an index by time would cost a write for each message, for rows that may go late. It walks at least as fast as rows are made: a
 * message that is accepted makes a row of each table that will be old one day, and for each the walk goes on by {@link #ROWS_FOR_EACH_MESSAGE}.
 * So no more is ever kept than about twice what must be. On the partition's thread.
 */
public final class Sweeper {
    private static final int ROWS_FOR_EACH_MESSAGE = 2;
    /** So that a sweep takes milliseconds; the rest is left to the next one. */
    private static final int MOST_ROWS = 5000;

    private Key keys = Key.FIRST;
    private Key finals = Key.FIRST;
    private int owed;

    /** Counts the messages accepted among these. */
    public void made(List<Output> outputs) {
        for (Output output : outputs) {
            if (output instanceof Output.ContentAccepted) {
                owed += ROWS_FOR_EACH_MESSAGE;
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
        keys = sweepSome(store, Table.KEYS, keys, now, rows);
        finals = sweepSome(store, Table.FINALS, finals, now, rows);
    }

    /**
     * Removes the old ones of some rows.
     *
     * @return where the walk goes on
     */
    private static Key sweepSome(OutboxStore store, Table<? extends Ageing> table, Key from, Instant now, int rows) {
        List<OutboxStore.Entry<Age>> some = store.ages(table, from, Key.LAST, rows);
        some.stream().filter(e -> e.value().isOld(now)).forEach(e -> store.delete(table, e.key()));
        // Fewer than were asked for are the last ones. Were it only none, rows that keep coming at the end would hold the walk there.
        return some.size() < rows ? Key.FIRST : some.getLast().key().next();
    }
}
