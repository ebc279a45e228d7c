package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Final statuses: each message gets one, and only evidence of delivery moves it, only forwards. */
final class Endings {
    /** Why a message ended that WhatsApp may have all the same. */
    static final String OUTCOME_UNKNOWN = "outcome_unknown";

    /** Its account was deleted while it waited. */
    static final String ACCOUNT_DELETED = "account_deleted";

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

    /** Cancels all that the account's messages wait for; what is out may have been written. */
    void cancelAll(AccountId account, String reason) {
        queue.clear(account, row -> {
            MessageRow last = row.inFlight() ? row.told(Event.Outcome.UNKNOWN, reason, step.now()).maybeWritten() : row;
            String why = last.maybeSent() ? OUTCOME_UNKNOWN : reason;
            finished(last, last.ended(MessageStatus.CANCELLED, why, step.now()));
        });
    }

    /** Ends a message with WhatsApp's own reason. */
    void refused(MessageRow row, @Nullable String reason) {
        finish(row, row.ended(MessageStatus.FAILED, reason, step.now()));
    }

    /** An owner says that WhatsApp's server has it. */
    void sent(AccountId account, MessageId message, int attempt, Instant at) {
        evidence(account, message, new Proof(MessageStatus.SENT, attempt, null, at));
    }

    /** A recipient's device says how far it got: so it was sent. */
    void receipt(AccountId account, MessageId message, Event.ReceiptKind kind, Instant at) {
        evidence(account, message, new Proof(level(kind), 0, kind, at));
    }

    /**
     * What proves that WhatsApp has a message.
     *
     * @param attempt that is proven; 0: not known which
     * @param receipt null when it is an owner's word
     */
    private record Proof(MessageStatus level, int attempt, Event.@Nullable ReceiptKind receipt, Instant at) {}

    /** Something proves that WhatsApp has the message, or how far it got. Unknown messages are somebody else's. */
    private void evidence(AccountId account, MessageId message, Proof proof) {
        MessageRow row = step.message(account, message);
        if (row != null) {
            MessageRow proven = row.inFlight() || row.attempts() == 0 ? row.attempted() : row;
            finish(row, moved(proven.ended(proof.level, null, step.now()), attempt(row, proof), proof));
            return;
        }
        Key key = Table.messageKey(account, message);
        FinalRow last = step.state().get(Table.FINALS, key);
        if (last != null && rank(proof.level) > rank(last.status().status())) {
            MessageStatusRecord status = moved(last.status(), proof.attempt, proof);
            step.state().put(Table.FINALS, key, new FinalRow(status, last.keptUntil(), null));
            step.order(new Output.MessageChanged(status));
        }
    }

    /** A receipt names no attempt: it is taken for the one that is out. */
    private static int attempt(MessageRow row, Proof proof) {
        return proof.attempt == 0 && row.inFlight() ? row.dispatches() : proof.attempt;
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
        finished(row, status);
    }

    private void finished(MessageRow row, MessageStatusRecord status) {
        step.save(step.account(row.account()).without(row.message()));
        freeKeyLater(row);
        boolean failed = status.status() == MessageStatus.FAILED;
        Instant keptUntil = step.now().plus(step.policy().finalsKept());
        MessageStatusRecord told = failed ? status.retryUntil(keptUntil) : status;
        step.state().put(Table.FINALS, row.key(), new FinalRow(told, keptUntil, failed ? row : null));
        step.order(new Output.MessageChanged(told));
    }

    /** Its key lives on for a while, if it is its own still: one that was free may have been used for another message. */
    private void freeKeyLater(MessageRow row) {
        String idempotencyKey = row.send().idempotencyKey();
        if (idempotencyKey == null) {
            return;
        }
        Key key = Table.idempotencyKey(row.account(), idempotencyKey);
        KeyRow used = step.state().get(Table.KEYS, key);
        if (used == null || used.message().equals(row.message())) {
            step.state().put(Table.KEYS, key, new KeyRow(row.message(), row.send().fingerprint(),
                    step.now().plus(step.policy().keysKept())));
        }
    }

    /** A later receipt implies the earlier ones, whose time is then at most this. */
    private MessageStatusRecord moved(MessageStatusRecord was, int attempt, Proof proof) {
        boolean delivered = rank(proof.level) >= rank(MessageStatus.DELIVERED);
        boolean read = rank(proof.level) >= rank(MessageStatus.READ);
        List<MessageStatusRecord.Receipt> receipts = new ArrayList<>(was.receipts());
        if (proof.receipt != null) {
            receipts.add(new MessageStatusRecord.Receipt(proof.receipt, proof.at));
        }
        return new MessageStatusRecord(was.account(), was.message(), was.chat(), proof.level, was.attempts(), null,
                was.acceptedAt(), step.now(), null, first(was.sentAt(), true, proof.at),
                first(was.deliveredAt(), delivered, proof.at), first(was.readAt(), read, proof.at),
                History.ended(was.history(), attempt, Event.Outcome.SENT, proof.receipt == null ? null : "receipt",
                        step.now()),
                receipts, null, null);
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
