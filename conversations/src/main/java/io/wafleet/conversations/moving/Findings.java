package io.wafleet.conversations.moving;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Collects what was done to documents, and why. */
final class Findings {
    /** What may be a phone: so many digits that no letter is beside. Ids that the original made of the time are none. */
    private static final Pattern PHONE = Pattern
            .compile("(?<![0-9A-Za-z])(?<!account_|client_|msg_|queue_)([0-9]{3})[0-9]{2,20}([0-9]{2})(?![0-9A-Za-z])");

    private final Map<Rule, List<String>> paths = new LinkedHashMap<>();
    private final Map<String, Long> read = new LinkedHashMap<>();

    /** What was done, and why. */
    private record Rule(Finding.Kind kind, String why) {}

    void read(String collection) {
        read.merge(collection, 1L, Long::sum);
    }

    void skipped(String why, String path) {
        note(Finding.Kind.SKIPPED, why, path);
    }

    void joined(String why, String path) {
        note(Finding.Kind.JOINED, why, path);
    }

    void corrected(String why, String path) {
        note(Finding.Kind.CORRECTED, why, path);
    }

    private void note(Finding.Kind kind, String why, String path) {
        paths.computeIfAbsent(new Rule(kind, why), _ -> new ArrayList<>()).add(path);
    }

    /** Documents that were read, by collection. */
    Map<String, Long> read() {
        return read;
    }

    List<Finding> all() {
        return paths.entrySet().stream().map(e -> Finding.of(e.getKey().kind(), e.getKey().why(), e.getValue()))
                .sorted(Comparator.comparing(Finding::kind)).toList();
    }

    /** A path that does not show phones. */
    static String masked(String path) {
        return PHONE.matcher(path).replaceAll("$1****$2");
    }
}
