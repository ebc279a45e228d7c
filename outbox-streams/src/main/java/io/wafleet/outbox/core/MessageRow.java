package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.MessageStatusRecord.Attempt;
import io.wafleet.contract.OutboxRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that is not final.
 *
 * @param offset of its request on the topic, for the dead letter
 * @param order its place in its chat
 * @param number tells messages of the same moment apart
 * @param expiresAt not dispatched at or after this
 * @param dispatches made so far: the number of the last one, so that the outcomes of each can be told apart
 * @param attempts dispatches that ended in an outcome other than "not attempted"
 * @param tries attempts since it was accepted, or since a person asked for it again
 * @param maybeSent whether WhatsApp may have it although nobody was told
 * @param reason why it waits; null when it simply has its turn to come
 * @param notBefore when it may be dispatched: its {@code sendAt}, the end of its backoff, or {@link #AT_ONCE}; of no meaning while it is out
 * @param out its dispatch; null while it waits
 * @param dueAt when its timer stands
 * @param history its last dispatches; rows of older releases have none
 */
record MessageRow(OutboxRequest.Send send, long offset, Instant order, long number, Instant expiresAt, int dispatches,
        int attempts, int tries, boolean maybeSent, @Nullable String reason,
        Instant notBefore, @Nullable Out out, Instant dueAt,
        @Nullable List<Attempt> history) {

    /** It waits for no moment. No reading of the clock: that could lie ahead once the clock is set back. */
    static final Instant AT_ONCE = Instant.EPOCH;

    MessageRow {
        history = history == null ? List.of() : List.copyOf(history);
    }

    /**
     * A dispatch whose outcome is not known.
     *
     * @param deadline when its outcome counts as unknown
     */
    record Out(Epoch epoch, Instant deadline) {}

    @Override
    public List<Attempt> history() {
        return history == null ? List.of() : history;
    }

    AccountId account() {
        return send.account();
    }

    MessageId message() {
        return send.message();
    }

    Chat chat() {
        return send.chat();
    }

    /** Whether it is dispatched, its outcome open; else it waits. */
    boolean inFlight() {
        return out != null;
    }

    Key key() {
        return Table.messageKey(account(), message());
    }

    Key chatKey() {
        return Table.chatPrefix(account(), chat()).with(order).with(number);
    }

    Key readyKey() {
        return Key.of(account()).with(order).with(number);
    }

    Key timerKey() {
        return Table.timerKey(dueAt, account(), message());
    }

    Table.Ref ref() {
        return new Table.Ref(account(), message());
    }

    MessageRow placed(Instant at, long placeNumber) {
        return new MessageRow(send, offset, at, placeNumber, expiresAt, dispatches, attempts, tries, maybeSent, reason,
                notBefore, out, dueAt, history);
    }

    MessageRow dueAt(Instant at) {
        return new MessageRow(send, offset, order, number, expiresAt, dispatches, attempts, tries, maybeSent, reason,
                notBefore, out, at, history);
    }

    MessageRow out(Epoch epoch, Instant now, Instant deadline) {
        return new MessageRow(send, offset, order, number, expiresAt, dispatches + 1, attempts, tries, maybeSent, null,
                notBefore, new Out(epoch, deadline), dueAt, History.begun(history(), dispatches + 1, epoch, now));
    }

    /** The dispatch that is out ended so. */
    MessageRow told(Event.Outcome outcome, @Nullable String why, Instant now) {
        return new MessageRow(send, offset, order, number, expiresAt, dispatches, attempts, tries, maybeSent, reason,
                notBefore, out, dueAt, History.ended(history(), dispatches, outcome, why, now));
    }

    /** Back to the head of its chat. */
    MessageRow waiting(Instant until, @Nullable String why) {
        return new MessageRow(send, offset, order, number, expiresAt, dispatches, attempts, tries, maybeSent, why,
                until, null, dueAt, history);
    }

    MessageRow attempted() {
        return new MessageRow(send, offset, order, number, expiresAt, dispatches, attempts + 1, tries + 1, maybeSent,
                reason, notBefore, out, dueAt, history);
    }

    MessageRow maybeWritten() {
        return new MessageRow(send, offset, order, number, expiresAt, dispatches, attempts, tries, true, reason,
                notBefore, out, dueAt, history);
    }

    /** What people read of it while it is not final; the attempt that is out counts as one. */
    MessageStatusRecord status(Instant now) {
        return inFlight()
                ? status(MessageStatus.DISPATCHED, attempts + 1, null, now, null)
                : status(MessageStatus.QUEUED, attempts, reason, now, notBefore.isAfter(now) ? notBefore : null);
    }

    /** What people read of it once it ended without evidence of delivery. */
    MessageStatusRecord ended(MessageStatus status, @Nullable String why, Instant now) {
        return status(status, attempts, why, now, null);
    }

    private MessageStatusRecord status(MessageStatus status, int made, @Nullable String why, Instant now,
            @Nullable Instant next) {
        return new MessageStatusRecord(account(), message(), chat(), status, made, why, send.acceptedAt(), now, next,
                null, null, null, history, null, null, null);
    }
}
