package io.wafleet.conversations;

import io.wafleet.contract.MessageId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A thread as a store keeps it: a summary of its messages, which grows by {@link #merge} in any order, however often, to the same
 * end. No message is ever counted or searched for it.
 *
 * @param last its newest message; null: it has none, and is shown nowhere
 * @param unread inbound messages after {@code readUpTo}, the newest first, at most {@link #MAX_UNREAD}: then there may be more
 * @param readUpTo time of the newest message that is read or the account's own; null: none
 * @param name what the person or group is called; null: unknown
 * @param redirectTo where the messages of this LID's thread went; null: nowhere
 */
public record StoredThread(ThreadId id, @Nullable Last last, List<Unread> unread, @Nullable Instant readUpTo,
        @Nullable Name name, @Nullable ThreadId redirectTo) {
    /** So many unread messages are told apart; more would make the document heavy. */
    public static final int MAX_UNREAD = 100;

    public StoredThread {
        unread = List.copyOf(unread);
    }

    /**
     * The newest message.
     *
     * @param preview one line of at most 100 UTF-16 units
     * @param kind {@code text}, {@code image} ...
     * @param senderName null when unknown or the account
     */
    public record Last(MessageId id, Instant at, String preview, String kind, boolean outbound,
            @Nullable String senderName) {
        private static final Comparator<Last> NEWNESS = Comparator.comparing(Last::at).thenComparing(Last::id);

        @Override
        public String toString() {
            return "Last[" + id + ", at " + at + "]";
        }
    }

    /** One that nobody has read. */
    public record Unread(MessageId id, Instant at) {
        private static final Comparator<Unread> NEWEST_FIRST = Comparator.comparing(Unread::at)
                .thenComparing(Unread::id).reversed();
    }

    /** A name, and when it was told. */
    public record Name(String text, Instant at) {
        private static final Comparator<Name> NEWNESS = Comparator.comparing(Name::at).thenComparing(Name::text);

        @Override
        public String toString() {
            return "Name[at " + at + "]";
        }
    }

    static StoredThread empty(ThreadId id) {
        return new StoredThread(id, null, List.of(), null, null, null);
    }

    /** With what this message, as it is now, changes: the preview also when it was edited or taken back. */
    StoredThread with(StoredMessage message) {
        Said said = message.said();
        if (said == null || message.orderTime().isEmpty()) {
            return this;
        }
        boolean outbound = message.outbound();
        Last newest = new Last(message.id(), said.at(), Words.preview(message), Words.kind(said.content()), outbound,
                outbound ? null : said.senderName());
        StoredThread one = new StoredThread(id, newest,
                outbound ? List.of() : List.of(new Unread(message.id(), said.at())), outbound ? said.at() : null, null,
                null);
        return merge(one);
    }

    StoredThread named(String text, Instant at) {
        return merge(new StoredThread(id, null, List.of(), null, new Name(text, at), null));
    }

    StoredThread readUpTo(Instant time) {
        return merge(new StoredThread(id, null, List.of(), time, null, null));
    }

    /** Its messages go there; it is in no list any more. */
    StoredThread redirectedTo(ThreadId target) {
        return new StoredThread(id, null, List.of(), readUpTo, name, target);
    }

    /** All that both know; of the same message the other's summary. */
    StoredThread merge(StoredThread other) {
        Instant read = Times.laterOrNull(readUpTo, other.readUpTo);
        return new StoredThread(id, newer(last, other.last, Last.NEWNESS), unreadOf(other, read), read,
                newer(name, other.name, Name.NEWNESS), redirectTo);
    }

    private List<Unread> unreadOf(StoredThread other, @Nullable Instant read) {
        SequencedMap<MessageId, Unread> all = new TreeMap<>();
        unread.forEach(u -> all.put(u.id(), u));
        other.unread.forEach(u -> all.merge(u.id(), u, (a, b) -> a.at().isBefore(b.at()) ? b : a));
        return all.values().stream().filter(u -> read == null || u.at().isAfter(read)).sorted(Unread.NEWEST_FIRST)
                .limit(MAX_UNREAD).toList();
    }

    private static <T> @Nullable T newer(@Nullable T a, @Nullable T b, Comparator<T> newness) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return newness.compare(a, b) > 0 ? a : b;
    }

    /** Without names. */
    @Override
    public String toString() {
        return "StoredThread[" + id + ", " + last + ", " + unread.size() + " unread]";
    }
}
