package io.wafleet.simulator.ledger;

import io.wafleet.contract.PhoneNumber;
import io.wafleet.simulator.ledger.Counters.Count;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The moments with two live connections of one pairing, by the older one's number. Part of {@link Ledger}, on its thread. */
public final class DoubleConnections {
    private final Counters counters;
    private final int max;
    private final Map<Long, DoubleConnection> entries = new LinkedHashMap<>();

    DoubleConnections(Counters counters, int max) {
        this.counters = counters;
        this.max = max;
    }

    /** A login came while an older connection stood. */
    public void began(Instant at, PhoneNumber phone, long older, long newer) {
        counters.add(Count.DOUBLE_CONNECTIONS);
        entries.put(older, new DoubleConnection(at, phone, older, newer, 0, null));
        if (entries.size() > max) {
            entries.remove(entries.keySet().iterator().next());
            counters.add(Count.LET_GO);
        }
    }

    /** The older one still sent or acknowledged a message. */
    public void olderActed(Instant at, long older) {
        entries.computeIfPresent(older, (_, e) -> {
            counters.addIf(e.olderActs() == 0, Count.OLDER_ACTED);
            return new DoubleConnection(e.at(), e.phone(), older, e.newer(), e.olderActs() + 1, at);
        });
    }

    /** All that are kept, the first one first. */
    public List<DoubleConnection> all() {
        return List.copyOf(entries.values());
    }

    void clear() {
        entries.clear();
    }
}
