package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest status of an outbound message, on the changelog {@code message-status}; its key there is
 * {@code <account>/<message>}.
 *
 * @param attempts how many attempts were made (those that were not attempted do not count)
 * @param reason why it waits or ended; null when the status says it all
 * @param nextAttemptAt when the next attempt may be made; null when none is planned
 * @param history its last dispatches, the oldest first, at most {@link #MAX_HISTORY}; records of older releases have none
 * @param receipts those that moved it on, in the order of their arrival; records of older releases have none
 * @param retryUntil until when a failed message can be tried again; null when it cannot: it has not failed, was discarded, or was
 *     never taken in
 * @param waiting how many messages of its account waited when this was told; records of older releases have none
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonTypeName("message-status")
public record MessageStatusRecord(AccountId account, MessageId message, Chat chat, MessageStatus status, int attempts,
        @Nullable String reason, Instant acceptedAt, Instant updatedAt, @Nullable Instant nextAttemptAt,
        @Nullable Instant sentAt, @Nullable Instant deliveredAt, @Nullable Instant readAt,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable List<Attempt> history,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable List<Receipt> receipts, @Nullable Instant retryUntil,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer waiting)
        implements
            Versioned {
    /** Dispatches of one message that are remembered; a message that flaps for days must not grow. */
    public static final int MAX_HISTORY = 20;

    public MessageStatusRecord {
        history = history == null ? List.of() : List.copyOf(history);
        receipts = receipts == null ? List.of() : List.copyOf(receipts);
    }

    /** Without history. */
    public MessageStatusRecord(AccountId account, MessageId message, Chat chat, MessageStatus status, int attempts,
            @Nullable String reason, Instant acceptedAt, Instant updatedAt, @Nullable Instant nextAttemptAt,
            @Nullable Instant sentAt, @Nullable Instant deliveredAt, @Nullable Instant readAt) {
        this(account, message, chat, status, attempts, reason, acceptedAt, updatedAt, nextAttemptAt, sentAt,
                deliveredAt, readAt, null, null, null, null);
    }

    /**
     * One dispatch.
     *
     * @param number of the dispatch, from 1; also those count here that were not attempted
     * @param epoch of the owner that it was meant for
     * @param at when it was dispatched
     * @param outcome how it ended; null while it is out
     * @param reason why it ended so; null when there is nothing to say
     * @param endedAt when the outbox learned of it; null while it is out
     */
    public record Attempt(int number, Epoch epoch, Instant at, Event.@Nullable Outcome outcome, @Nullable String reason,
            @Nullable Instant endedAt) {}

    /** How far the message got, and when. */
    public record Receipt(Event.ReceiptKind kind, Instant at) {}

    @Override
    public List<Attempt> history() {
        return history == null ? List.of() : history;
    }

    @Override
    public List<Receipt> receipts() {
        return receipts == null ? List.of() : receipts;
    }

    /** The same, but that it can be tried again until then; null: no more. */
    public MessageStatusRecord retryUntil(@Nullable Instant until) {
        return new MessageStatusRecord(account, message, chat, status, attempts, reason, acceptedAt, updatedAt,
                nextAttemptAt, sentAt, deliveredAt, readAt, history, receipts, until, waiting);
    }

    /** The same, with how many messages of its account wait. */
    public MessageStatusRecord waiting(int messages) {
        return new MessageStatusRecord(account, message, chat, status, attempts, reason, acceptedAt, updatedAt,
                nextAttemptAt, sentAt, deliveredAt, readAt, history, receipts, retryUntil, messages);
    }

    /** The record's key on the topic. */
    public String key() {
        return account.value() + "/" + message.value();
    }
}
