package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.MessageContentRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.OutboxRequest.MessageRequest;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Reply.RequestResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Accepting, cancelling, trying again. Keyed sends, cancels and retries are answered; an unkeyed send needs no answer. */
final class Requests {
    /** No message waits longer, whatever it says: state must end some day, and times must stay countable. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(365);

    /** What a gateway let pass is not refused because its clock differs. */
    private static final Duration CLOCKS_APART = Duration.ofDays(1);

    /** The account's queue is as long as it may be. */
    private static final String QUEUE_FULL = "queue_full";

    private final Step step;
    private final ChatQueue queue;
    private final Endings endings;
    private final Attempts attempts;

    Requests(Step step, ChatQueue queue, Endings endings, Attempts attempts) {
        this.step = step;
        this.queue = queue;
        this.endings = endings;
        this.attempts = attempts;
    }

    void send(OutboxRequest.Send send, long offset) {
        KeyRow used = send.idempotencyKey() == null ? null : standing(send, send.idempotencyKey());
        if (used != null) {
            boolean same = used.fingerprint() == null || used.fingerprint().equals(send.fingerprint());
            answer(send, used.message(), same ? RequestResult.SAME_AS : RequestResult.CONFLICT,
                    same ? null : "idempotency_conflict", same ? null : "the key was used for another request",
                    status(send.account(), used.message()));
        } else if (isKnown(send)) {
            answer(send, send.message(), RequestResult.SAME_AS, null, null, status(send.account(), send.message()));
        } else {
            AccountRow account = step.account(send.account());
            String problem = problem(send, account);
            if (problem == null) {
                accept(send, offset, account);
            } else {
                refuseSend(send, problem);
            }
        }
    }

    void cancel(OutboxRequest.Cancel cancel) {
        MessageRow row = step.message(cancel.account(), cancel.message());
        FinalRow last = step.state().get(Table.FINALS, Table.messageKey(cancel.account(), cancel.message()));
        if (row != null && row.inFlight()) {
            refuse(cancel, "attempt_out", "an attempt to send it is out");
        } else if (row != null) {
            endings.end(row, MessageStatus.CANCELLED, null);
            answer(cancel, cancel.message(), RequestResult.ACCEPTED, null, null);
            attempts.pump(cancel.account());
        } else if (last == null) {
            refuse(cancel, "message_unknown", "there is no such message");
        } else if (last.status().status() == MessageStatus.CANCELLED) {
            answer(cancel, cancel.message(), RequestResult.ACCEPTED, null, null);
        } else {
            refuse(cancel, "already_final", "the message is " + last.status().status().wire());
        }
    }

    void retry(OutboxRequest.Retry retry) {
        FinalRow last = kept(retry);
        MessageRow failed = last == null ? null : last.failed();
        AccountRow account = step.account(retry.account());
        if (failed == null) {
            refuseUnlessFailed(retry, last, "only a failed message can be tried again");
        } else if (account.queued() >= step.policy().maxQueued()) {
            refuse(retry, QUEUE_FULL, "too many messages wait");
        } else if (!step.now().isBefore(expiresAt(failed.send(), step.now()))) {
            refuse(retry, "expired", "the message's own expiresAt is over");
        } else if (isOfDeletedAccount(retry.account())) {
            refuse(retry, Endings.ACCOUNT_DELETED, "the account was deleted");
        } else {
            step.state().delete(Table.FINALS, failed.key());
            if (failed.send().idempotencyKey() != null && hasKey(failed.send(), failed.send().idempotencyKey())) {
                keepKey(failed.send());
            }
            Instant accepted = accepted(account, retry.at());
            enqueue(new MessageRow(failed.send(), failed.offset(), accepted, 0,
                    expiresAt(failed.send(), step.now()), failed.dispatches(), failed.attempts(), 0,
                    failed.maybeSent(), null, MessageRow.AT_ONCE, null, step.now(), failed.history()), accepted);
            answer(retry, retry.message(), RequestResult.ACCEPTED, null, null);
            attempts.pump(retry.account());
        }
    }

    /** Twice is as good as once. Its status stays, so that evidence of delivery still counts. */
    void discard(OutboxRequest.Discard discard) {
        FinalRow last = kept(discard);
        if (last == null || last.status().status() != MessageStatus.FAILED) {
            refuseUnlessFailed(discard, last, "only a failed message can be discarded");
            return;
        }
        if (last.failed() != null) {
            MessageStatusRecord status = last.status().retryUntil(null);
            step.state().put(Table.FINALS, Table.messageKey(discard.account(), discard.message()),
                    new FinalRow(status, last.keptUntil(), null));
            step.order(new Output.MessageChanged(status));
        }
        answer(discard, discard.message(), RequestResult.ACCEPTED, null, null);
    }

    /** Whether its key is its own still, or nobody's: once free, it may have been used for another message. */
    private boolean hasKey(OutboxRequest.Send send, String idempotencyKey) {
        KeyRow used = standing(send, idempotencyKey);
        return used == null || used.message().equals(send.message());
    }

    private @Nullable FinalRow kept(MessageRequest request) {
        return step.state().get(Table.FINALS, Table.messageKey(request.account(), request.message()));
    }

    private void refuseUnlessFailed(MessageRequest request, @Nullable FinalRow last, String rule) {
        if (last != null && last.status().status() == MessageStatus.FAILED) {
            refuse(request, "discarded", "the message was discarded");
        } else if (last != null || step.message(request.account(), request.message()) != null) {
            refuse(request, "not_failed", rule);
        } else {
            refuse(request, "message_unknown", "there is no such message");
        }
    }

    private @Nullable KeyRow standing(OutboxRequest.Send send, String idempotencyKey) {
        KeyRow row = step.state().get(Table.KEYS, Table.idempotencyKey(send.account(), idempotencyKey));
        return row == null || row.isOld(step.now()) ? null : row;
    }

    /** A replayed request of a message that is there already says it no second time. */
    private boolean isKnown(OutboxRequest.Send send) {
        return step.message(send.account(), send.message()) != null
                || step.state().get(Table.FINALS, Table.messageKey(send.account(), send.message())) != null;
    }

    /** Without a key the gateway's word stood at Kafka's ack: a queue that is full was its to refuse. */
    private @Nullable String problem(OutboxRequest.Send send, AccountRow account) {
        if (send.idempotencyKey() != null && account.queued() >= step.policy().maxQueued()) {
            return QUEUE_FULL;
        }
        Instant sendAt = send.sendAt();
        Instant furthest = step.now().plus(step.policy().maxAhead()).plus(CLOCKS_APART);
        boolean tooFar = sendAt != null && sendAt.isAfter(furthest);
        return tooFar ? "send_at_too_far" : null;
    }

    private void accept(OutboxRequest.Send send, long offset, AccountRow account) {
        Instant accepted = accepted(account, send.acceptedAt());
        Instant sendAt = truncated(send.sendAt());
        Instant notBefore = sendAt == null ? MessageRow.AT_ONCE : sendAt;
        Instant possible = possible(send.acceptedAt());
        Instant mayGo = sendAt == null ? possible : later(possible, sendAt);
        // After an hour with a clock ahead, what is to be sent in a minute must not stand in the way of the rest.
        Instant order = mayGo.isAfter(possible) ? later(accepted.plusMillis(1), mayGo) : accepted;
        Instant expiresAt = expiresAt(send, mayGo);
        keepKey(send);
        step.order(new Output.ContentAccepted(new MessageContentRecord(send.account(), send.message(), send.chat(),
                send.content(), send.acceptedAt())));
        MessageRow row = enqueue(new MessageRow(send, offset, order, 0, expiresAt, 0, 0, 0, false, null, notBefore,
                null, expiresAt, null), accepted);
        if (isOfDeletedAccount(send.account())) {
            endings.cancelAll(send.account(), Endings.ACCOUNT_DELETED);
        } else if (!step.now().isBefore(expiresAt)) {
            // A repetition of a request that never came: whoever asks is told at once, and its chat does not wait for a timer.
            endings.end(row, MessageStatus.EXPIRED, null);
        }
        if (send.idempotencyKey() != null) {
            boolean hasEnded = step.message(send.account(), send.message()) == null;
            answer(send, send.message(), RequestResult.ACCEPTED, null, null,
                    hasEnded ? status(send.account(), send.message()) : null);
        }
        attempts.pump(send.account());
    }

    /** Where a message stands; null when nobody remembers it. */
    private @Nullable MessageStatusRecord status(AccountId account, MessageId message) {
        MessageRow row = step.message(account, message);
        FinalRow last = step.state().get(Table.FINALS, Table.messageKey(account, message));
        return row != null ? row.status(step.now()) : last == null ? null : last.status();
    }

    /** Nobody will ever send it: an account that is added again begins anew. */
    private boolean isOfDeletedAccount(AccountId account) {
        AccountStatusRecord status = step.state().get(Table.STATUSES, Key.of(account));
        return status != null && status.status() == AccountStatus.DELETED;
    }

    /** Gives the message its place, behind all that it may not overtake. */
    private MessageRow enqueue(MessageRow row, Instant accepted) {
        AccountRow account = step.account(row.account());
        Instant order = queue.place(row.account(), row.chat(), row.order());
        MessageRow placed = row.placed(order, account.nextNumber());
        step.save(account.accepted(accepted));
        queue.insert(placed);
        step.order(new Output.MessageChanged(placed.status(step.now())));
        return placed;
    }

    /**
     * When a request counts as accepted: by its gateway's clock, but never before one that arrived earlier, nor in the future:
     * gateways' clocks differ, and a client that was answered by one may go on at another.
     */
    private Instant accepted(AccountRow account, Instant said) {
        return later(account.latestAccepted(), possible(said));
    }

    private Instant possible(Instant said) {
        return (said.isAfter(step.now()) ? step.now() : said).truncatedTo(ChronoUnit.MILLIS);
    }

    private Instant expiresAt(OutboxRequest.Send send, Instant from) {
        Instant said = truncated(send.expiresAt());
        return said == null ? from.plus(step.policy().expiry()) : countable(said, from);
    }

    private void keepKey(OutboxRequest.Send send) {
        if (send.idempotencyKey() != null) {
            step.state().put(Table.KEYS, Table.idempotencyKey(send.account(), send.idempotencyKey()),
                    new KeyRow(send.message(), send.fingerprint(), null));
        }
    }

    /** A message without key is answered by nobody but its status. */
    private void refuseSend(OutboxRequest.Send send, String code) {
        if (send.idempotencyKey() == null) {
            step.order(new Output.MessageChanged(new MessageStatusRecord(send.account(), send.message(), send.chat(),
                    MessageStatus.FAILED, 0, code, send.acceptedAt(), step.now(), null, null, null, null)));
        }
        refuse(send, code, code.equals(QUEUE_FULL) ? "too many messages wait" : "sendAt is too far ahead");
    }

    private void refuse(MessageRequest request, String code, String reason) {
        answer(request, request.message(), RequestResult.REFUSED, code, reason);
    }

    private void answer(MessageRequest request, MessageId message, RequestResult result, @Nullable String code,
            @Nullable String reason) {
        answer(request, message, result, code, reason, null);
    }

    private void answer(MessageRequest request, MessageId message, RequestResult result, @Nullable String code,
            @Nullable String reason, @Nullable MessageStatusRecord status) {
        step.order(new Output.Answer(new Reply.RequestReply(request.id(), request.account(), step.now(), result,
                message, code, reason, status)));
    }

    private static Instant countable(Instant said, Instant from) {
        Instant longest = from.plus(LONGEST_LIFE);
        return said.isAfter(longest) ? longest : later(said, Instant.EPOCH);
    }

    /** Timers count milliseconds: what fell due between two of them would be found too early. */
    private static @Nullable Instant truncated(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
