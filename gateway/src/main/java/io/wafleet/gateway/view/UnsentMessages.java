package io.wafleet.gateway.view;

import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many accepted messages of each partition are neither sent nor given up, as far as the outbox has told. Of each it keeps a
 * number and one bit, about 70 bytes, and of no more than it may; beyond that it says that it counts too few. Two readers fill it,
 * one from the topic's beginning and one from its end: what the second told is newer. Thread-safe.
 */
public final class UnsentMessages {
    private final int max;
    /** By partition: the numbers of the messages, and whether they are dispatched. */
    private final Map<Integer, Map<Long, Boolean>> unsent = new HashMap<>();
    /** Told from the end while the beginning is still read. */
    private final Set<Long> newer = new HashSet<>();
    private int count;
    private boolean historyRead;
    private boolean overflowed;

    /**
     * @param max how many are kept at most
     */
    public UnsentMessages(int max) {
        this.max = max;
    }

    /**
     * @param queued those that wait in the outbox
     * @param dispatched those handed to an owner, without outcome
     */
    public record Count(int queued, int dispatched) {
        static final Count NONE = new Count(0, 0);

        public int total() {
            return queued + dispatched;
        }
    }

    /**
     * Read from the beginning.
     *
     * @return whether nothing newer was told
     */
    public synchronized boolean recall(int partition, MessageId message, MessageStatus status) {
        long number = number(message);
        boolean isNewest = !newer.contains(number);
        if (isNewest) {
            put(partition, number, status);
        }
        return isNewest;
    }

    /** Everything that was there at the start has been recalled. */
    public synchronized void historyIsRead() {
        historyRead = true;
        newer.clear();
    }

    /** Told just now. */
    public synchronized void apply(int partition, MessageId message, MessageStatus status) {
        long number = number(message);
        if (!historyRead) {
            newer.add(number);
        }
        put(partition, number, status);
    }

    public synchronized Count of(int partition) {
        Map<Long, Boolean> here = unsent.get(partition);
        if (here == null) {
            return Count.NONE;
        }
        int dispatched = (int) here.values().stream().filter(d -> d).count();
        return new Count(here.size() - dispatched, dispatched);
    }

    /** Whether no message was left out. */
    public synchronized boolean isComplete() {
        return historyRead && !overflowed;
    }

    private void put(int partition, long number, MessageStatus status) {
        Map<Long, Boolean> here = unsent.computeIfAbsent(partition, _ -> new HashMap<>());
        int before = here.size();
        if (status.isFinal()) {
            here.remove(number);
        } else if (count < max || here.containsKey(number)) {
            here.put(number, status == MessageStatus.DISPATCHED);
        } else {
            overflowed = true;
        }
        count += here.size() - before;
    }

    /** Ids are random: that two messages of a partition share 64 bits need not be feared. */
    private static long number(MessageId message) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < message.value().length(); i++) {
            hash = (hash ^ message.value().charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
