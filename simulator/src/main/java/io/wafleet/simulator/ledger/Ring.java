package io.wafleet.simulator.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** The newest entries, numbered without holes from 1; the oldest are let go when there are more than {@code max}. */
final class Ring<T> {
    private final Counters counters;
    private final int max;
    private final List<T> slots = new ArrayList<>();
    /** The number of the last entry before those in the slots began: only clearing moves it. */
    private long base;
    private long last;

    Ring(Counters counters, int max) {
        this.counters = counters;
        this.max = max;
    }

    /** Adds the entry made for the next number. */
    T add(LongFunction<T> entry) {
        T made = entry.apply(++last);
        int slot = slot(last);
        if (slot < slots.size()) {
            slots.set(slot, made);
            counters.add(Counters.Count.LET_GO);
        } else {
            slots.add(made);
        }
        return made;
    }

    /** The entries after number {@code since} that pass, at most {@code limit} of them. */
    LedgerPage<T> after(long since, int limit, Predicate<T> filter) {
        List<T> found = new ArrayList<>();
        long number = Math.clamp(since, last - slots.size(), last);
        while (number < last && found.size() < limit) {
            T entry = slots.get(slot(++number));
            if (filter.test(entry)) {
                found.add(entry);
            }
        }
        return new LedgerPage<>(found, number, number < last);
    }

    /** Forgets the entries; numbers go on growing. */
    void clear() {
        slots.clear();
        base = last;
    }

    private int slot(long number) {
        return (int) ((number - 1 - base) % max);
    }
}
