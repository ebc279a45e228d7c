package io.wafleet.simulator.ledger;

import java.util.EnumMap;
import java.util.Map;

/** What the ledger counts; the figures outlive the entries that were let go. */
final class Counters {
    /** The figures of {@link LedgerSummary} that only grow. */
    enum Count {
        MESSAGES, UNIQUE, DUPLICATES_BY_ID, DUPLICATES_BY_CONTENT, UNDECRYPTABLE, NACKED, ACKS_LOST, CONNECTS, CONNECTS_ENDED, LOGIN_ATTEMPTS, LOGINS_REFUSED, PAIRINGS, DOUBLE_CONNECTIONS, OLDER_ACTED, INBOUND, INBOUND_RECEIVED, INBOUND_DELIVERIES, INBOUND_REDELIVERIES, INBOUND_UNDER_USED_COUNTER, LET_GO
    }

    private final Map<Count, Long> values = new EnumMap<>(Count.class);

    void add(Count count) {
        values.merge(count, 1L, Long::sum);
    }

    void addIf(boolean condition, Count count) {
        if (condition) {
            add(count);
        }
    }

    long get(Count count) {
        return values.getOrDefault(count, 0L);
    }

    void clear() {
        values.clear();
    }
}
