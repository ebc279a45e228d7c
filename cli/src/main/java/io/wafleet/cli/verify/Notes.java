package io.wafleet.cli.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a scenario did and saw, in the order of time: its evidence. Thread-safe. */
final class Notes {
    private final long begun = System.nanoTime();
    private final List<Line> lines = new ArrayList<>();

    private record Line(long nanos, String text) {}

    synchronized void add(String text) {
        lines.add(new Line(System.nanoTime(), text));
    }

    synchronized long millis() {
        return (System.nanoTime() - begun) / 1_000_000;
    }

    /** The notes, and what was seen of these accounts in between. */
    synchronized List<String> with(List<Account> accounts) {
        List<Line> all = new ArrayList<>(lines);
        for (Account account : accounts) {
            account.known().stream().skip(1)
                    .forEach(seen -> all.add(new Line(seen.nanos(), account + ": " + seen.standing())));
        }
        return all.stream().sorted(Comparator.comparingLong(Line::nanos))
                .map(line -> String.format(Locale.ROOT, "+%.2f s  %s", (line.nanos - begun) / 1e9, line.text))
                .toList();
    }
}
