package io.wafleet.outbox.core;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The tables that follow from the others: each chat's order, the heads that may go, the timers. They are not stored, since three records
 * for each step of each message would cost more than reading the messages that wait once, when a partition is taken.
 */
final class WaitingIndex {
    private static final int ROWS_AT_ONCE = 500;

    private final OutboxStore store;
    private final Instant now;
    private final Map<Key, Head> heads = new HashMap<>();

    private WaitingIndex(OutboxStore store, Instant now) {
        this.store = store;
        this.now = now;
    }

    /** The first of a chat so far; without its content, which may be large. */
    private record Head(Key place, Key readyKey, Table.Ref ref, boolean ready) {}

    /** Fills the index of a store that has none yet. The cost grows with accounts and with messages that are not final. */
    static void rebuild(OutboxStore store, Instant now) {
        WaitingIndex index = new WaitingIndex(store, now);
        index.each(Table.ACCOUNTS, index::add);
        index.each(Table.MESSAGES, index::add);
        index.heads.values().stream().filter(Head::ready)
                .forEach(head -> store.put(Table.READY, head.readyKey, head.ref));
    }

    private void add(AccountRow account) {
        Instant wakeAt = account.wakeAt();
        if (wakeAt != null) {
            store.put(Table.TIMERS, Table.timerKey(wakeAt, account.account(), null),
                    new Table.Ref(account.account(), null));
        }
    }

    private void add(MessageRow row) {
        store.put(Table.CHATS, row.chatKey(), row.ref());
        store.put(Table.TIMERS, row.timerKey(), row.ref());
        heads.merge(Table.chatPrefix(row.account(), row.chat()),
                new Head(row.chatKey(), row.readyKey(), row.ref(), isReady(row)),
                (a, b) -> a.place.compareTo(b.place) < 0 ? a : b);
    }

    /** Its time has come, or had come before by a clock that has gone back since: its timer waits for nothing but its end. */
    private boolean isReady(MessageRow head) {
        boolean wasReady = head.dueAt().equals(head.expiresAt()) && head.notBefore().isBefore(head.expiresAt());
        return !head.inFlight() && (wasReady || !head.notBefore().isAfter(now));
    }

    private <V> void each(Table<V> table, Consumer<V> taker) {
        List<OutboxStore.Entry<V>> rows = store.scan(table, Key.FIRST, Key.LAST, ROWS_AT_ONCE);
        while (!rows.isEmpty()) {
            rows.forEach(e -> taker.accept(e.value()));
            rows = store.scan(table, rows.getLast().key().next(), Key.LAST, ROWS_AT_ONCE);
        }
    }
}
