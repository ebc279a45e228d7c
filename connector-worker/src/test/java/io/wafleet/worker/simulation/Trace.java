package io.wafleet.worker.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** The last things that happened. Empty unless a run is repeated to be looked at: writing costs more than running. */
final class Trace {
    private final int kept;
    private final Scheduler scheduler;
    private final Deque<String> lines = new ArrayDeque<>();

    /**
     * @param kept how many lines; 0: it is off
     */
    Trace(int kept, Scheduler scheduler) {
        this.kept = kept;
        this.scheduler = scheduler;
    }

    boolean isOn() {
        return kept > 0;
    }

    void note(Object... parts) {
        if (kept == 0) {
            return;
        }
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%9.3f ms ", scheduler.now() / 1_000_000.0));
        for (Object part : parts) {
            line.append(' ').append(part);
        }
        lines.addLast(line.toString());
        if (lines.size() > kept) {
            lines.removeFirst();
        }
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
