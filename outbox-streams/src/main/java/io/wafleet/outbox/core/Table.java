package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named part of a partition's state: rows of one type under ordered keys.
 *
 * @param tag stands before each key where several tables share a store; never reused for another meaning
 * @param type of the rows
 * @param place which store holds it
 */
public record Table<V>(char tag, Class<V> type, Place place) {
    /** Which store holds a table. */
    public enum Place {
        /** In memory: a few small rows for each account. */
        ACCOUNTS,
        /** On disk: what would not fit in memory for long, such as contents, keys and receipt levels. */
        KEPT,
        /** In memory only: what follows from the other rows, made anew from them ({@link WaitingIndex}). */
        INDEX
    }

    /** One row: who owns the partition. */
    static final Table<PartitionRow> PARTITION = new Table<>('p', PartitionRow.class, Place.ACCOUNTS);
    static final Table<AccountRow> ACCOUNTS = new Table<>('a', AccountRow.class, Place.ACCOUNTS);
    /** What the owners last said about each account, whoever lives now. */
    static final Table<AccountStatusRecord> STATUSES = new Table<>('s', AccountStatusRecord.class, Place.ACCOUNTS);
    /** Each message that is not final, in its chat's order. */
    static final Table<Ref> CHATS = new Table<>('c', Ref.class, Place.INDEX);
    /** The heads of chats that may go now, in order over the whole account: the oldest goes first. */
    static final Table<Ref> READY = new Table<>('r', Ref.class, Place.INDEX);
    /** What falls due, by time. */
    static final Table<Ref> TIMERS = new Table<>('t', Ref.class, Place.INDEX);
    /** Each message that is not final. */
    static final Table<MessageRow> MESSAGES = new Table<>('m', MessageRow.class, Place.KEPT);
    /** Each message that became final lately. */
    static final Table<FinalRow> FINALS = new Table<>('f', FinalRow.class, Place.KEPT);
    /** Idempotency keys. */
    static final Table<KeyRow> KEYS = new Table<>('k', KeyRow.class, Place.KEPT);

    /** Every table, so that tests can prove tags distinct. */
    public static List<Table<?>> all() {
        return List.of(PARTITION, ACCOUNTS, STATUSES, CHATS, READY, TIMERS, MESSAGES, FINALS, KEYS);
    }

    /** Names a message, or an account as such. */
    record Ref(AccountId account, @Nullable MessageId message) {}

    static Key messageKey(AccountId account, MessageId message) {
        return Key.of(account).with(message.value());
    }

    static Key idempotencyKey(AccountId account, String key) {
        return Key.of(account).with(key);
    }

    static Key chatPrefix(AccountId account, Chat chat) {
        return Key.of(account).with(chat.jid());
    }

    static Key timerKey(Instant due, AccountId account, @Nullable MessageId message) {
        Key key = Key.FIRST.with(due).with(account.value());
        return message == null ? key : key.with(message.value());
    }
}
