package io.wafleet.simulator.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/** The most events within any one second. */
final class Peak {
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final ArrayDeque<Instant> recent = new ArrayDeque<>();
    private int max;

    void count(Instant at) {
        Instant limit = at.minus(WINDOW);
        while (!recent.isEmpty() && !recent.peekFirst().isAfter(limit)) {
            recent.removeFirst();
        }
        recent.addLast(at);
        max = Math.max(max, recent.size());
    }

    int max() {
        return max;
    }
}
