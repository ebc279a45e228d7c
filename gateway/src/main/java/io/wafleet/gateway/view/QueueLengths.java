package io.wafleet.gateway.view;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatusRecord;
import java.util.HashMap;
import java.util.Map;

/**
 * How many messages of each account wait: as many as the outbox told last, and those that were accepted here of which it has told
 * nothing yet. Of the latter it remembers no more than it may; the rest is not counted, which costs no message: the outbox takes
 * what a gateway accepted. Two readers fill it, one from the topic's beginning and one from its end, so the highest offset wins.
 * Thread-safe.
 */
public final class QueueLengths {
    private record Told(long offset, int waiting) {}

    private final int maxUntold;
    private final Map<AccountId, Told> told = new HashMap<>();
    private final Map<MessageId, AccountId> untold = new HashMap<>();
    private final Map<AccountId, Integer> untoldOf = new HashMap<>();

    /**
     * @param maxUntold how many messages of which the outbox has told nothing are counted at most
     */
    public QueueLengths(int maxUntold) {
        this.maxUntold = maxUntold;
    }

    /**
     * Takes a place in the account's queue, before the message is written.
     *
     * @return whether there was one, of so many
     */
    public synchronized boolean reserve(AccountId account, MessageId message, int places) {
        if (of(account) >= places) {
            return false;
        }
        if (untold.size() < maxUntold) {
            untold.put(message, account);
            untoldOf.merge(account, 1, Integer::sum);
        }
        return true;
    }

    /** The message was not written, or nobody knows: should it have been, the outbox will count it. */
    public synchronized void release(MessageId message) {
        AccountId account = untold.remove(message);
        if (account != null) {
            untoldOf.computeIfPresent(account, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /** What the outbox told of one of the account's messages, in that place of the topic. */
    public synchronized void told(MessageStatusRecord status, long offset) {
        release(status.message());
        Integer waiting = status.waiting();
        if (waiting != null) {
            told.merge(status.account(), new Told(offset, waiting),
                    (known, next) -> next.offset > known.offset ? next : known);
        }
    }

    /**
     * How many wait, as far as is known here. Just after its start a gateway knows nothing yet of an account of which nobody has told since,
     * and counts none: to refuse until then would stop all sends for as long as the history takes, minutes with 30 days of statuses,
     * while a few messages above a limit of our own harm nobody.
     */
    public synchronized int of(AccountId account) {
        Told last = told.get(account);
        return (last == null ? 0 : last.waiting) + untoldOf.getOrDefault(account, 0);
    }
}
