package io.wafleet.simulator.whatsapp;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What is to be done later, by due time; of equal times, the first noted comes first. */
final class Agenda {
    private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::due).thenComparingLong(Entry::number);

    private final PriorityQueue<Entry> entries = new PriorityQueue<>(ORDER);
    private long noted;

    private record Entry(Instant due, long number, Task task) {}

    void add(Instant due, Task task) {
        entries.add(new Entry(due, ++noted, task));
    }

    /** Takes the next task that is due; null when none is. */
    @Nullable
    Task poll(Instant at) {
        Entry first = entries.peek();
        if (first == null || first.due().isAfter(at)) {
            return null;
        }
        entries.remove();
        return first.task();
    }

    /** When the next task is due; null when there is none. */
    @Nullable
    Instant next() {
        Entry first = entries.peek();
        return first == null ? null : first.due();
    }
}
