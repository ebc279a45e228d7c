package io.wafleet.simulator.ledger;

import io.wafleet.contract.PhoneNumber;
import io.wafleet.simulator.ledger.Counters.Count;
import io.wafleet.simulator.ledger.LedgerConnection.EndedBy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The connections: each one's opening, login and end. Part of {@link Ledger}, on its thread. */
public final class ConnectionLedger {
    private final Counters counters;
    private final int max;
    private final TreeMap<Long, LedgerConnection> entries = new TreeMap<>();
    private final ArrayDeque<Long> gone = new ArrayDeque<>();
    private final SortedMap<Integer, Long> closes = new TreeMap<>();
    private Peak connects = new Peak();
    private Peak logins = new Peak();
    private long live;
    private long loggedIn;
    private long loggedInMax;

    ConnectionLedger(Counters counters, int max) {
        this.counters = counters;
        this.max = max;
    }

    public void opened(Instant at, long number) {
        entries.put(number, new LedgerConnection(number, null, null, at, null, null, null, null, null));
        counters.add(Count.CONNECTS);
        connects.count(at);
        live++;
    }

    /** It wants to be paired. */
    public void pairing(long number, String client) {
        change(number, e -> new LedgerConnection(number, client, null, e.openedAt(), null, null, null, null, null));
    }

    /** It was scanned. */
    public void paired(long number, PhoneNumber phone) {
        counters.add(Count.PAIRINGS);
        change(number,
                e -> new LedgerConnection(number, e.client(), phone, e.openedAt(), null, null, null, null, null));
    }

    /** It wants to log in. */
    public void loginTried(Instant at, long number, String client, PhoneNumber phone) {
        counters.add(Count.LOGIN_ATTEMPTS);
        logins.count(at);
        change(number, e -> new LedgerConnection(number, client, phone, e.openedAt(), null, null, null, null, null));
    }

    public void loginRefused() {
        counters.add(Count.LOGINS_REFUSED);
    }

    public void loggedIn(Instant at, long number) {
        loggedInMax = Math.max(loggedInMax, ++loggedIn);
        change(number, e -> new LedgerConnection(number, e.client(), e.phone(), e.openedAt(), at, null, null, null,
                null));
    }

    /**
     * It is live no more; its socket may still stand.
     *
     * @param code null when it just ended
     */
    public void ended(Instant at, long number, @Nullable Integer code, EndedBy by) {
        LedgerConnection before = entries.get(number);
        if (before == null || before.endedAt() != null) {
            return;
        }
        counters.add(Count.CONNECTS_ENDED);
        live--;
        loggedIn -= before.loggedInAt() == null ? 0 : 1;
        if (by == EndedBy.SIMULATOR && code != null) {
            closes.merge(code, 1L, Long::sum);
        }
        change(number, e -> new LedgerConnection(number, e.client(), e.phone(), e.openedAt(), e.loggedInAt(), at, code,
                by, null));
    }

    /** Its socket is gone. */
    public void gone(Instant at, long number) {
        change(number, e -> new LedgerConnection(number, e.client(), e.phone(), e.openedAt(), e.loggedInAt(),
                e.endedAt(), e.code(), e.endedBy(), at));
        gone.addLast(number);
        if (gone.size() > max) {
            entries.remove(gone.removeFirst());
            counters.add(Count.LET_GO);
        }
    }

    /** The connections after number {@code since} that pass, at most {@code limit} of them. */
    public LedgerPage<LedgerConnection> after(long since, int limit, Predicate<LedgerConnection> filter) {
        var found = entries.tailMap(since, false).values().stream().filter(filter).limit(limit).toList();
        long last = entries.isEmpty() ? since : entries.lastKey();
        long next = found.size() < limit || found.isEmpty() ? Math.max(since, last) : found.getLast().number();
        return new LedgerPage<>(found, next, next < last);
    }

    private void change(long number, UnaryOperator<LedgerConnection> change) {
        entries.computeIfPresent(number, (_, entry) -> change.apply(entry));
    }

    /** Live connections stay. */
    void clear() {
        gone.forEach(entries::remove);
        gone.clear();
        closes.clear();
        connects = new Peak();
        logins = new Peak();
        loggedInMax = loggedIn;
    }

    long live() {
        return live;
    }

    long loggedIn() {
        return loggedIn;
    }

    long loggedInMax() {
        return loggedInMax;
    }

    int maxConnectsPerSecond() {
        return connects.max();
    }

    int maxLoginsPerSecond() {
        return logins.max();
    }

    SortedMap<Integer, Long> closes() {
        return new TreeMap<>(Map.copyOf(closes));
    }
}
