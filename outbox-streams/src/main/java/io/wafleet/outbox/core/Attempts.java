package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Command;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.Pacing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dispatching, and what each outcome means. */
final class Attempts {
    /** The owner of a dispatch lost the partition: nobody knows whether it was written. */
    private static final String TAKEOVER = "takeover";
    private static final String NO_OUTCOME = "no_outcome";
    /** Heads looked at in one step, so that a step stays short whatever has expired; the rest has a step of its own. */
    private static final int HEADS_PER_STEP = 50;
    /** Rows and statuses hold the last twenty: together they must fit into a record. */
    private static final int MAX_REASON_LENGTH = 500;

    private final Step step;
    private final ChatQueue queue;
    private final Endings endings;

    Attempts(Step step, ChatQueue queue, Endings endings) {
        this.step = step;
        this.queue = queue;
        this.endings = endings;
    }

    /** Dispatches what may go: account connected under the newest claim, a chat free, a token there; the oldest first. */
    void pump(AccountId id) {
        for (int looked = 0; looked < HEADS_PER_STEP; looked++) {
            AccountRow account = step.account(id);
            MessageRow head = mayDispatch(account) ? firstReady(id) : null;
            if (head == null) {
                return;
            }
            if (!step.now().isBefore(head.expiresAt())) {
                endings.end(head, MessageStatus.EXPIRED, head.reason());
                continue;
            }
            Pacing pacing = account.pace(step.policy());
            Bucket bucket = account.bucket().refilled(pacing, step.now());
            if (!bucket.hasOne()) {
                wake(account.bucket(bucket), bucket.hasOneAt(pacing));
                return;
            }
            step.save(account.bucket(bucket.take()).dispatched(head.message()));
            dispatch(head);
        }
        wake(step.account(id), step.now());
    }

    /** The account's own timer fired. */
    void woken(AccountId id) {
        AccountRow account = step.account(id);
        if (account.wakeAt() != null && !account.wakeAt().isAfter(step.now())) {
            step.save(account.wakeAt(null));
        }
        pump(id);
    }

    void outcome(Event.DispatchOutcome told) {
        if (told.outcome() == Event.Outcome.SENT) {
            endings.sent(told.account(), told.message(), told.attempt(), told.at());
        } else {
            MessageRow row = step.message(told.account(), told.message());
            // Of an attempt that is not out any more, only "sent" says something: the message has moved on.
            if (row != null && row.inFlight() && row.dispatches() == told.attempt()) {
                String reason = shortened(told.reason());
                ended(row.told(told.outcome(), reason, step.now()), told.outcome(), reason);
            }
        }
        pump(told.account());
    }

    private static @Nullable String shortened(@Nullable String reason) {
        return reason == null || reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH);
    }

    /** A receipt proves that the message was sent, also when it comes before the outcome; it frees the chat then. */
    void receipt(Event.ReceiptReceived told) {
        endings.receipt(told.account(), told.message(), told.kind(), told.at());
        pump(told.account());
    }

    /** The attempt's time is over. */
    void noOutcome(MessageRow row) {
        MessageRow ended = row.told(Event.Outcome.UNKNOWN, NO_OUTCOME, step.now());
        failedAttempt(ended.attempted().maybeWritten(), NO_OUTCOME);
        pump(row.account());
    }

    /** The partition has a new owner: whatever was out may have been written, and goes again, first of its chat. */
    void requeue(AccountRow account) {
        for (MessageId message : account.inFlight()) {
            MessageRow row = step.message(account.account(), message);
            if (row != null) {
                MessageRow ended = row.told(Event.Outcome.UNKNOWN, TAKEOVER, step.now());
                back(ended.maybeWritten(), MessageRow.AT_ONCE, TAKEOVER);
            }
        }
    }

    private void ended(MessageRow row, Event.Outcome outcome, @Nullable String reason) {
        switch (outcome) {
            case SENT -> throw new IllegalArgumentException("sent is evidence, not an end of an attempt");
            case NOT_ATTEMPTED -> {
                AccountRow account = step.account(row.account());
                step.save(account.bucket(account.bucket().giveBack(account.pace(step.policy()))));
                back(row, step.now().plus(step.policy().notAttemptedPause()), reason);
            }
            case RETRYABLE -> failedAttempt(row.attempted(), reason);
            case PERMANENT -> endings.refused(row.attempted(), reason);
            case UNKNOWN -> failedAttempt(row.attempted().maybeWritten(), Endings.OUTCOME_UNKNOWN);
        }
    }

    private void failedAttempt(MessageRow row, @Nullable String reason) {
        if (row.tries() < step.policy().maxAttempts()) {
            back(row, step.now().plus(step.policy().backoff(row.tries(), share(row))), reason);
            return;
        }
        String why = row.maybeSent() ? Endings.OUTCOME_UNKNOWN : reason == null ? "retryable" : reason;
        endings.end(row, MessageStatus.FAILED, why);
        step.order(new Output.GivenUp(row.send(), row.offset(), why));
    }

    /** Back to the head of its chat, where it blocks the others until it is final. */
    private void back(MessageRow row, Instant notBefore, @Nullable String reason) {
        MessageRow waiting = row.waiting(notBefore, reason);
        step.save(waiting);
        step.save(step.account(row.account()).requeued(row.message()));
        queue.arrange(row.account(), row.chat());
        step.order(new Output.MessageChanged(waiting.status(step.now())));
    }

    private boolean mayDispatch(AccountRow account) {
        PartitionRow partition = step.partition();
        return partition.owner() == PartitionRow.Owner.PRESENT
                && account.connectedUnder().equals(partition.epoch())
                && account.inFlight().size() < step.policy().parallelChats();
    }

    private @Nullable MessageRow firstReady(AccountId id) {
        Key prefix = Key.of(id);
        List<OutboxStore.Entry<Table.Ref>> first = step.state().scan(Table.READY, prefix, prefix.afterAll(), 1);
        if (first.isEmpty()) {
            return null;
        }
        MessageId message = first.getFirst().value().message();
        return message == null ? null : step.message(id, message);
    }

    private void dispatch(MessageRow head) {
        Instant deadline = step.now().plus(step.policy().outcomeTimeout());
        MessageRow out = head.out(step.partition().epoch(), step.now(), deadline);
        queue.sendOff(out, deadline);
        step.order(new Output.MessageChanged(out.status(step.now())));
        step.order(new Output.Dispatch(new Command.Dispatch(out.account(), out.message(), out.chat(),
                out.send().content(), out.dispatches(), step.partition().epoch(), step.now())));
    }

    /** One timer of its own for an account that waits for a token; an earlier one that stands will do. */
    private void wake(AccountRow account, Instant at) {
        Instant standing = account.wakeAt();
        if (standing != null && !standing.isAfter(at)) {
            step.save(account);
            return;
        }
        if (standing != null) {
            step.state().delete(Table.TIMERS, Table.timerKey(standing, account.account(), null));
        }
        step.state().put(Table.TIMERS, Table.timerKey(at, account.account(), null),
                new Table.Ref(account.account(), null));
        step.save(account.wakeAt(at));
    }

    /** Spreads retries; made from the message itself, so that the same history gives the same decisions. */
    private static double share(MessageRow row) {
        int hash = (row.message().value() + row.dispatches()).hashCode() * 0x9E3779B9;
        return (hash >>> 16) / 65_536.0;
    }
}
