package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.Pacing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What sending for one account hangs on.
 *
 * @param connectedUnder the claim under which its owner called it connected; {@link Epoch#NONE} while it is not
 * @param latestAccepted the latest moment of acceptance seen: two gateways' clocks may differ, arrival does not
 * @param nextNumber tells messages of the same moment apart
 * @param queued messages that wait
 * @param inFlight messages that are dispatched, at most one a chat
 * @param wakeAt when the account has a timer of its own, because it waits for a token; null: it has none
 * @param pacing its own; null: the policy's counts
 */
record AccountRow(AccountId account, Epoch connectedUnder, Instant latestAccepted, long nextNumber, Bucket bucket,
        int queued, List<MessageId> inFlight, @Nullable Instant wakeAt, @Nullable Pacing pacing) {

    AccountRow {
        inFlight = List.copyOf(inFlight);
    }

    static AccountRow fresh(AccountId account, OutboxPolicy policy, Instant now) {
        return new AccountRow(account, Epoch.NONE, Instant.EPOCH, 0, Bucket.full(policy.pacing(), now), 0, List.of(),
                null,
                null);
    }

    AccountRow connectedUnder(Epoch epoch) {
        return new AccountRow(account, epoch, latestAccepted, nextNumber, bucket, queued, inFlight, wakeAt, pacing);
    }

    /** Gives it a pacing of its own; null: takes it away. What it may send at once shrinks, but does not grow by that. */
    AccountRow pacing(@Nullable Pacing own, OutboxPolicy policy, Instant now) {
        Bucket next = bucket.refilled(pace(policy), now).within(own == null ? policy.pacing() : own);
        return new AccountRow(account, connectedUnder, latestAccepted, nextNumber, next, queued, inFlight, wakeAt, own);
    }

    /** The pacing that counts. */
    Pacing pace(OutboxPolicy policy) {
        return pacing == null ? policy.pacing() : pacing;
    }

    AccountRow accepted(Instant at) {
        return new AccountRow(account, connectedUnder, at, nextNumber + 1, bucket, queued + 1, inFlight, wakeAt,
                pacing);
    }

    AccountRow bucket(Bucket next) {
        return new AccountRow(account, connectedUnder, latestAccepted, nextNumber, next, queued, inFlight, wakeAt,
                pacing);
    }

    AccountRow wakeAt(@Nullable Instant at) {
        return new AccountRow(account, connectedUnder, latestAccepted, nextNumber, bucket, queued, inFlight, at,
                pacing);
    }

    /** The message leaves the waiting ones for those dispatched. */
    AccountRow dispatched(MessageId message) {
        List<MessageId> more = new ArrayList<>(inFlight);
        more.add(message);
        return new AccountRow(account, connectedUnder, latestAccepted, nextNumber, bucket, queued - 1, more, wakeAt,
                pacing);
    }

    /** The message, dispatched or waiting, is neither any more. */
    AccountRow without(MessageId message) {
        List<MessageId> fewer = new ArrayList<>(inFlight);
        boolean wasOut = fewer.remove(message);
        return new AccountRow(account, connectedUnder, latestAccepted, nextNumber, bucket, wasOut ? queued : queued - 1,
                fewer, wakeAt, pacing);
    }

    /** The message, dispatched until now, waits again. */
    AccountRow requeued(MessageId message) {
        List<MessageId> fewer = new ArrayList<>(inFlight);
        fewer.remove(message);
        return new AccountRow(account, connectedUnder, latestAccepted, nextNumber, bucket, queued + 1, fewer, wakeAt,
                pacing);
    }
}
