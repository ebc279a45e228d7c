package io.wafleet.outbox.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much waits in a partition, for the metrics.
 *
 * @param queued messages that wait, for whatever reason
 * @param inFlight messages dispatched without outcome
 * @param longest messages that wait for one account, the one with the longest queue
 * @param hasOwner whether anybody is there to send them: the newest claim's owner is neither silent nor gone
 * @param oldest since when the message waits that has waited longest for its end: since its acceptance, or its {@code sendAt} if that
 *     is later; null: none waits whose time has come
 */
public record QueueFigures(int queued, int inFlight, int longest, boolean hasOwner, @Nullable Instant oldest) {
    /** After account and chat a place has its moment and its number. */
    private static final int PLACE_BYTES = 2 * Long.BYTES;

    /** The cost grows with accounts and with chats that wait, not with messages. */
    public static QueueFigures of(OutboxStore store, Instant now) {
        int queued = 0;
        int inFlight = 0;
        int longest = 0;
        for (OutboxStore.Entry<AccountRow> entry : store.scan(Table.ACCOUNTS, Key.FIRST, Key.LAST,
                Integer.MAX_VALUE / 2)) {
            AccountRow account = entry.value();
            queued += account.queued();
            inFlight += account.inFlight().size();
            longest = Math.max(longest, account.queued());
        }
        PartitionRow partition = store.get(Table.PARTITION, PartitionRow.KEY);
        boolean hasOwner = partition != null && partition.owner() == PartitionRow.Owner.PRESENT;
        return new QueueFigures(queued, inFlight, longest, hasOwner,
                queued + inFlight == 0 ? null : oldest(store, now));
    }

    /** The first of each chat has waited longest there. */
    private static @Nullable Instant oldest(OutboxStore store, Instant now) {
        Instant oldest = null;
        Key from = Key.FIRST;
        while (true) {
            List<OutboxStore.Entry<Table.Ref>> head = store.scan(Table.CHATS, from, Key.LAST, 1);
            if (head.isEmpty()) {
                return oldest;
            }
            Key place = head.getFirst().key();
            Instant since = place.instantBeforeEnd(PLACE_BYTES);
            if (!since.isAfter(now) && (oldest == null || since.isBefore(oldest))) {
                oldest = since;
            }
            from = place.withoutLast(PLACE_BYTES).afterAll();
        }
    }
}
