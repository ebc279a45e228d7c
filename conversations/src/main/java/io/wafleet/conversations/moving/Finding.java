package io.wafleet.conversations.moving;

import java.util.List;

/**
 * Something that was done to documents on their way.
 *
 * @param why the rule, as a sentence for people
 * @param count how many documents
 * @param paths of all of them, phones masked
 */
public record Finding(Kind kind, String why, long count, List<String> paths) {
    /** What was done. */
    public enum Kind {
        /** It became part of another document. */
        JOINED,
        /** It says something else than it did. */
        CORRECTED,
        /** It stays where it is. */
        SKIPPED
    }

    public Finding {
        paths = List.copyOf(paths);
    }

    /** These documents, by their paths as they are. */
    public static Finding of(Kind kind, String why, List<String> paths) {
        return new Finding(kind, why, paths.size(), paths.stream().map(Findings::masked).toList());
    }
}
