package io.wafleet.outbox.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much waits in a partition, for the metrics.
 *
 * @param queued messages that wait, for whatever reason
 * @param inFlight messages dispatched without outcome
 * @param hasOwner whether anybody is there to send them: the newest claim's owner is neither silent nor gone
 * @param oldest place of the oldest message that could go if its account were connected and had a token; null: there is none
 */
public record QueueFigures(int queued, int inFlight, boolean hasOwner, @Nullable Instant oldest) {
    /** Counted by account, so the cost grows with accounts, not with messages. */
    public static QueueFigures of(OutboxStore store) {
        int queued = 0;
        int inFlight = 0;
        Instant oldest = null;
        for (OutboxStore.Entry<AccountRow> entry : store.scan(Table.ACCOUNTS, Key.FIRST, Key.LAST,
                Integer.MAX_VALUE / 2)) {
            AccountRow account = entry.value();
            queued += account.queued();
            inFlight += account.inFlight().size();
            Instant first = account.queued() == 0 ? null : oldestReady(store, account);
            oldest = first == null || (oldest != null && oldest.isBefore(first)) ? oldest : first;
        }
        PartitionRow partition = store.get(Table.PARTITION, PartitionRow.KEY);
        boolean hasOwner = partition != null && partition.owner() == PartitionRow.Owner.PRESENT;
        return new QueueFigures(queued, inFlight, hasOwner, oldest);
    }

    private static @Nullable Instant oldestReady(OutboxStore store, AccountRow account) {
        Key prefix = Key.of(account.account());
        List<OutboxStore.Entry<Table.Ref>> first = store.scan(Table.READY, prefix, prefix.afterAll(), 1);
        if (first.isEmpty() || first.getFirst().value().message() == null) {
            return null;
        }
        MessageRow row = store.get(Table.MESSAGES,
                Table.messageKey(account.account(), first.getFirst().value().message()));
        return row == null ? null : row.order();
    }
}
