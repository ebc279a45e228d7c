package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Final statuses: each message gets one, and only evidence of delivery moves it, only forwards. */
final class Endings {
    /** Why a message ended that WhatsApp may have all the same. */
    static final String OUTCOME_UNKNOWN = "outcome_unknown";

    private final Step step;
    private final ChatQueue queue;

    Endings(Step step, ChatQueue queue) {
        this.step = step;
        this.queue = queue;
    }

    /** Ends a message without evidence of delivery; honest where an attempt may have been written. */
    void end(MessageRow row, MessageStatus status, @Nullable String reason) {
        finish(row, row.ended(status, row.maybeSent() ? OUTCOME_UNKNOWN : reason, step.now()));
    }

    /** Ends a message with WhatsApp's own reason. */
    void refused(MessageRow row, @Nullable String reason) {
        finish(row, row.ended(MessageStatus.FAILED, reason, step.now()));
    }

    /** Something proves that WhatsApp has the message, or how far it got. Unknown messages are somebody else's. */
    void evidence(AccountId account, MessageId message, MessageStatus level, Instant at) {
        MessageRow row = step.message(account, message);
        if (row != null) {
            MessageRow proven = row.inFlight() || row.attempts() == 0 ? row.attempted() : row;
            finish(row, moved(proven.ended(level, null, step.now()), level, at));
            return;
        }
        Key key = Table.messageKey(account, message);
        FinalRow last = step.state().get(Table.FINALS, key);
        if (last != null && rank(level) > rank(last.status().status())) {
            MessageStatusRecord status = moved(last.status(), level, at);
            step.state().put(Table.FINALS, key, new FinalRow(status, last.keptUntil(), null));
            step.order(new Output.MessageChanged(status));
        }
    }

    static MessageStatus level(Event.ReceiptKind kind) {
        return switch (kind) {
            case DELIVERED -> MessageStatus.DELIVERED;
            case READ -> MessageStatus.READ;
            case PLAYED -> MessageStatus.PLAYED;
        };
    }

    private void finish(MessageRow row, MessageStatusRecord status) {
        queue.remove(row);
        step.save(step.account(row.account()).without(row.message()));
        String idempotencyKey = row.send().idempotencyKey();
        if (idempotencyKey != null) {
            step.state().put(Table.KEYS, Table.idempotencyKey(row.account(), idempotencyKey), new KeyRow(row.message(),
                    row.send().fingerprint(), step.now().plus(step.policy().keysKept())));
        }
        boolean failed = status.status() == MessageStatus.FAILED;
        step.state().put(Table.FINALS, row.key(),
                new FinalRow(status, step.now().plus(step.policy().finalsKept()), failed ? row : null));
        step.order(new Output.MessageChanged(status));
    }

    /** A later receipt implies the earlier ones, whose time is then at most this. */
    private MessageStatusRecord moved(MessageStatusRecord was, MessageStatus level, Instant at) {
        boolean delivered = rank(level) >= rank(MessageStatus.DELIVERED);
        boolean read = rank(level) >= rank(MessageStatus.READ);
        return new MessageStatusRecord(was.account(), was.message(), was.chat(), level, was.attempts(), null,
                was.acceptedAt(), step.now(), null, first(was.sentAt(), true, at),
                first(was.deliveredAt(), delivered, at), first(was.readAt(), read, at));
    }

    private static @Nullable Instant first(@Nullable Instant known, boolean reached, Instant at) {
        return known == null && reached ? at : known;
    }

    /** How much a status proves; those that prove nothing are equal. */
    private static int rank(MessageStatus status) {
        return switch (status) {
            case QUEUED, DISPATCHED, FAILED, EXPIRED, CANCELLED -> 0;
            case SENT -> 1;
            case DELIVERED -> 2;
            case READ -> 3;
            case PLAYED -> 4;
        };
    }
}
