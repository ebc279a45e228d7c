package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The order of each chat. Invariants after each step: every message that is not final has its place in {@code CHATS} and one
 * timer; {@code READY} holds exactly the heads that are not out and may go by time.
 */
final class ChatQueue {
    private static final int ROWS_AT_ONCE = 500;

    private final Step step;

    ChatQueue(Step step) {
        this.step = step;
    }

    /**
     * The place of a message that arrives now: by the later of acceptance and {@code sendAt}. Never before a head that was already
     * dispatched: what is retried keeps its turn.
     */
    Instant place(AccountId account, Chat chat, Instant wanted) {
        MessageRow head = head(account, chat);
        if (head != null && head.dispatches() > 0 && head.order().isAfter(wanted)) {
            return head.order();
        }
        return wanted;
    }

    void insert(MessageRow row) {
        MessageRow before = head(row.account(), row.chat());
        step.state().put(Table.CHATS, row.chatKey(), row.ref());
        rewind(row, row.expiresAt());
        if (before != null && before.chatKey().compareTo(row.chatKey()) > 0) {
            step.state().delete(Table.READY, before.readyKey());
            rewind(before, before.expiresAt());
        }
        arrange(row.account(), row.chat());
    }

    /** Takes a message out that became final; the next of its chat moves up. */
    void remove(MessageRow row) {
        step.state().delete(Table.CHATS, row.chatKey());
        step.state().delete(Table.READY, row.readyKey());
        step.state().delete(Table.TIMERS, row.timerKey());
        step.state().delete(Table.MESSAGES, row.key());
        arrange(row.account(), row.chat());
    }

    /**
     * Takes all messages of the account out: one by one, each would have to look for the next of its chat. A few are read at a time: all
     * that wait may be more than fits into memory.
     */
    void clear(AccountId account, Consumer<MessageRow> taker) {
        Key end = Key.of(account).afterAll();
        List<OutboxStore.Entry<MessageRow>> rows = step.state().scan(Table.MESSAGES, Key.of(account), end,
                ROWS_AT_ONCE);
        while (!rows.isEmpty()) {
            rows.forEach(entry -> {
                MessageRow row = entry.value();
                step.state().delete(Table.CHATS, row.chatKey());
                step.state().delete(Table.READY, row.readyKey());
                step.state().delete(Table.TIMERS, row.timerKey());
                step.state().delete(Table.MESSAGES, row.key());
                taker.accept(row);
            });
            rows = step.state().scan(Table.MESSAGES, rows.getLast().key().next(), end, ROWS_AT_ONCE);
        }
    }

    /** Marks the head as dispatched until its outcome, at the latest until the deadline. */
    void sendOff(MessageRow out, Instant deadline) {
        step.state().delete(Table.READY, out.readyKey());
        rewind(out, deadline);
    }

    /** Makes {@code READY} and the timer of a chat's head what they should be. */
    void arrange(AccountId account, Chat chat) {
        MessageRow head = head(account, chat);
        if (head != null && !head.inFlight()) {
            boolean ready = !head.notBefore().isAfter(step.now());
            if (ready) {
                step.state().put(Table.READY, head.readyKey(), head.ref());
            } else {
                step.state().delete(Table.READY, head.readyKey());
            }
            boolean waits = !ready && head.notBefore().isBefore(head.expiresAt());
            rewind(head, waits ? head.notBefore() : head.expiresAt());
        }
    }

    private @Nullable MessageRow head(AccountId account, Chat chat) {
        Key prefix = Table.chatPrefix(account, chat);
        List<OutboxStore.Entry<Table.Ref>> first = step.state().scan(Table.CHATS, prefix, prefix.afterAll(), 1);
        for (OutboxStore.Entry<Table.Ref> entry : first) {
            Table.Ref ref = entry.value();
            return ref.message() == null ? null : step.message(ref.account(), ref.message());
        }
        return null;
    }

    /** Saves the message with its one timer at that moment. */
    private void rewind(MessageRow row, Instant due) {
        step.state().delete(Table.TIMERS, row.timerKey());
        MessageRow next = row.dueAt(due);
        step.state().put(Table.TIMERS, next.timerKey(), next.ref());
        step.save(next);
    }
}
