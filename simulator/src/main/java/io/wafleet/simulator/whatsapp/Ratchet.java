package io.wafleet.simulator.whatsapp;

import java.util.ArrayList;
import java.util.List;

/**
 * Which counters a pairing has used. Stands for the Signal ratchet: a counter works once; some may be left out, and those
 * left out can still be used later, as with messages that arrive out of order.
 */
public final class Ratchet {
    /** As with Signal, only so many left-out stretches are remembered; older ones count as used. */
    private static final int MAX_GAPS = 2_000;

    private final List<Gap> gaps = new ArrayList<>();
    private long highest;

    /**
     * Counters left out.
     *
     * @param first lowest of them
     * @param last highest of them
     */
    public record Gap(long first, long last) {}

    Ratchet() {}

    Ratchet(long highest, List<Gap> gaps) {
        this.highest = highest;
        this.gaps.addAll(gaps);
    }

    /** Uses the counter; false when it was used before, or is not above 0. */
    boolean use(long counter) {
        if (counter > highest) {
            if (counter > highest + 1) {
                leave(gaps.size(), highest + 1, counter - 1);
            }
            highest = counter;
            return true;
        }
        return fill(counter);
    }

    private boolean fill(long counter) {
        for (int i = gaps.size() - 1; i >= 0; i--) {
            Gap gap = gaps.get(i);
            if (counter >= gap.first() && counter <= gap.last()) {
                gaps.remove(i);
                leave(i, counter + 1, gap.last());
                leave(i, gap.first(), counter - 1);
                return true;
            }
        }
        return false;
    }

    private void leave(int index, long first, long last) {
        if (first <= last) {
            gaps.add(index, new Gap(first, last));
            if (gaps.size() > MAX_GAPS) {
                gaps.removeFirst();
            }
        }
    }

    long highest() {
        return highest;
    }

    List<Gap> gaps() {
        return List.copyOf(gaps);
    }
}
