package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.MessageId;
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
 */
record AccountRow(AccountId account, Epoch connectedUnder, Instant latestAccepted, long nextNumber, Bucket bucket,
        int queued, List<MessageId> inFlight, @Nullable Instant wakeAt) {

    AccountRow {
        inFlight = List.copyOf(inFlight);
    }

    static AccountRow fresh(AccountId account, OutboxPolicy policy, Instant now) {
        return new AccountRow(account, Epoch.NONE, Instant.EPOCH, 0, Bucket.full(policy, now), 0, List.of(), null);
    }

    AccountRow connectedUnder(Epoch epoch) {
        return new AccountRow(account, epoch, latestAccepted, nextNumber, bucket, queued, inFlight, wakeAt);
    }

    AccountRow accepted(Instant at) {
        return new AccountRow(account, connectedUnder, at, nextNumber + 1, bucket, queued + 1, inFlight, wakeAt);
    }

    AccountRow bucket(Bucket next) {
        return new AccountRow(account, connectedUnder, latestAccepted, nextNumber, next, queued, inFlight, wakeAt);
    }

    AccountRow wakeAt(@Nullable Instant at) {
        return new AccountRow(account, connectedUnder, latestAccepted, nextNumber, bucket, queued, inFlight, at);
    }

    /** The message leaves the waiting ones for those dispatched. */
    AccountRow dispatched(MessageId message) {
        List<MessageId> more = new ArrayList<>(inFlight);
        more.add(message);
        return new AccountRow(account, connectedUnder, latestAccepted, nextNumber, bucket, queued - 1, more, wakeAt);
    }

    /** The message, dispatched or waiting, is neither any more. */
    AccountRow without(MessageId message) {
        List<MessageId> fewer = new ArrayList<>(inFlight);
        boolean wasOut = fewer.remove(message);
        return new AccountRow(account, connectedUnder, latestAccepted, nextNumber, bucket, wasOut ? queued : queued - 1,
                fewer, wakeAt);
    }

    /** The message, dispatched until now, waits again. */
    AccountRow requeued(MessageId message) {
        List<MessageId> fewer = new ArrayList<>(inFlight);
        fewer.remove(message);
        return new AccountRow(account, connectedUnder, latestAccepted, nextNumber, bucket, queued + 1, fewer, wakeAt);
    }
}
