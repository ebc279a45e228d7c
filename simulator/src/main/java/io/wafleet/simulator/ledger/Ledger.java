package io.wafleet.simulator.ledger;

import io.wafleet.simulator.ledger.Counters.Count;

/**
 * All that the simulated WhatsApp received and did, in order. Written by the simulator's single thread and read on it; in memory
 * only. Bounded: each list keeps its newest entries, the figures count all.
 */
public final class Ledger {
    private final Counters counters = new Counters();
    private final ConnectionLedger connections;
    private final MessageLedger messages;
    private final InboundLedger inbound;
    private final DoubleConnections doubles;

    /**
     * @param max how many entries each list keeps
     */
    public Ledger(int max) {
        connections = new ConnectionLedger(counters, max);
        messages = new MessageLedger(counters, max);
        inbound = new InboundLedger(counters, max);
        doubles = new DoubleConnections(counters, max);
    }

    public ConnectionLedger connections() {
        return connections;
    }

    public MessageLedger messages() {
        return messages;
    }

    public InboundLedger inbound() {
        return inbound;
    }

    public DoubleConnections doubles() {
        return doubles;
    }

    /** Starts anew: entries go, figures begin at zero; what is live or waiting stays. */
    public void clear() {
        counters.clear();
        connections.clear();
        messages.clear();
        inbound.clear();
        doubles.clear();
    }

    public LedgerSummary summary() {
        return new LedgerSummary(n(Count.MESSAGES), n(Count.UNIQUE), n(Count.DUPLICATES_BY_ID),
                n(Count.DUPLICATES_BY_CONTENT), n(Count.UNDECRYPTABLE), n(Count.NACKED), n(Count.ACKS_LOST),
                n(Count.CONNECTS), n(Count.CONNECTS_ENDED), connections.live(), connections.loggedIn(),
                connections.loggedInMax(), n(Count.LOGIN_ATTEMPTS), n(Count.LOGINS_REFUSED),
                connections.maxLoginsPerSecond(), connections.maxConnectsPerSecond(), n(Count.PAIRINGS),
                n(Count.DOUBLE_CONNECTIONS), n(Count.OLDER_ACTED), connections.closes(), n(Count.INBOUND),
                n(Count.INBOUND_RECEIVED), inbound.waiting(), n(Count.INBOUND_DELIVERIES),
                n(Count.INBOUND_REDELIVERIES), n(Count.INBOUND_UNDER_USED_COUNTER), n(Count.LET_GO));
    }

    private long n(Count count) {
        return counters.get(count);
    }
}
