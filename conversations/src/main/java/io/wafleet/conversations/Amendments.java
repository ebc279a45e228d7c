package io.wafleet.conversations;

import io.wafleet.contract.MessageId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * What was done to a message after it was said, by author ({@code me}, {@code them}, or a group member's JID). All that was done is
 * kept; what of it counts is decided when the message is there ({@link StoredMessage}).
 *
 * @param deletions when each one took the message back, for the first time
 */
public record Amendments(Map<String, Edit> edits, Map<String, Reaction> reactions, Map<String, Instant> deletions) {
    static final Amendments NONE = new Amendments(Map.of(), Map.of(), Map.of());

    public Amendments {
        edits = Map.copyOf(edits);
        reactions = Map.copyOf(reactions);
        deletions = Map.copyOf(deletions);
    }

    /**
     * A new text.
     *
     * @param by id of the message that told it
     */
    public record Edit(String text, Instant at, MessageId by) {
        static final Comparator<Edit> NEWNESS = Comparator.comparing(Edit::at).thenComparing(Edit::by)
                .thenComparing(Edit::text);

        @Override
        public String toString() {
            return "Edit[at " + at + "]";
        }
    }

    /**
     * An emoji at the message.
     *
     * @param emoji empty: taken back
     * @param by id of the message that told it
     */
    public record Reaction(String emoji, Instant at, MessageId by) {
        static final Comparator<Reaction> NEWNESS = Comparator.comparing(Reaction::at).thenComparing(Reaction::by)
                .thenComparing(Reaction::emoji);
    }

    static Amendments edit(String author, Edit edit) {
        return new Amendments(Map.of(author, edit), Map.of(), Map.of());
    }

    static Amendments reaction(String author, Reaction reaction) {
        return new Amendments(Map.of(), Map.of(author, reaction), Map.of());
    }

    static Amendments deletion(String author, Instant at) {
        return new Amendments(Map.of(), Map.of(), Map.of(author, at));
    }

    /** All of both; of two by the same author the newer. */
    Amendments merge(Amendments other) {
        return new Amendments(merged(edits, other.edits, BinaryOperator.maxBy(Edit.NEWNESS)),
                merged(reactions, other.reactions, BinaryOperator.maxBy(Reaction.NEWNESS)),
                merged(deletions, other.deletions, BinaryOperator.minBy(Comparator.naturalOrder())));
    }

    private static <T> Map<String, T> merged(Map<String, T> a, Map<String, T> b, BinaryOperator<T> newer) {
        Map<String, T> all = new TreeMap<>(a);
        b.forEach((author, value) -> all.merge(author, value, newer));
        return all;
    }
}
