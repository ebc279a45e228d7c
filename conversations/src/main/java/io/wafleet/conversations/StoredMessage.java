package io.wafleet.conversations;

import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.MessageId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A message as a store keeps it. It grows by {@link #merge}, in any order and however often, to the same end.
 *
 * <p>Only one with words of its own is shown ({@link #orderTime} is present): until its content is there, a status, an edit, a
 * reaction or a deletion waits in it, kept aside; so does an own reaction, edit or delete until it is sent.
 *
 * @param said null: not known yet
 * @param delivery null: inbound, or not known yet
 * @param amendments null: nothing was done to it
 */
public record StoredMessage(ThreadId thread, MessageId id, @Nullable Said said, @Nullable Delivery delivery,
        @Nullable Amendments amendments) {

    static StoredMessage empty(ThreadId thread, MessageId id) {
        return new StoredMessage(thread, id, null, null, null);
    }

    /** All that both know; the thread is this one's. */
    StoredMessage merge(StoredMessage other) {
        return new StoredMessage(thread, id,
                said == null || other.said == null ? either(said, other.said) : said.merge(other.said),
                delivery == null || other.delivery == null
                        ? either(delivery, other.delivery)
                        : delivery.merge(other.delivery),
                amendments == null || other.amendments == null
                        ? either(amendments, other.amendments)
                        : amendments.merge(other.amendments));
    }

    private static <T> @Nullable T either(@Nullable T a, @Nullable T b) {
        return a == null ? b : a;
    }

    /** The message's own time, by which a thread is ordered; empty: it is not to be shown. */
    public Optional<Instant> orderTime() {
        return said == null || acts(said.content()) ? Optional.empty() : Optional.of(said.at());
    }

    /** Whether the content says nothing itself but changes another message. */
    static boolean acts(InboundContent content) {
        return content instanceof Content.Reaction || content instanceof Content.Edit
                || content instanceof Content.Delete;
    }

    /** Whether the account said it. */
    public boolean outbound() {
        return said != null && said.author().equals(Author.ME);
    }

    /** Since when it is taken back; null: it is not. In a group also an administrator can take it back. */
    public @Nullable Instant deletedAt() {
        if (said == null || amendments == null) {
            return null;
        }
        boolean inGroup = ThreadId.isGroup(thread.chat());
        return amendments.deletions().entrySet().stream()
                .filter(e -> inGroup || Author.canBeOne(said.author(), e.getKey())).map(Map.Entry::getValue)
                .min(Comparator.naturalOrder()).orElse(null);
    }

    /** The author's last edit; null: none. */
    Amendments.@Nullable Edit edit() {
        if (said == null || amendments == null) {
            return null;
        }
        return amendments.edits().entrySet().stream().filter(e -> Author.canBeOne(said.author(), e.getKey()))
                .map(Map.Entry::getValue).max(Amendments.Edit.NEWNESS).orElse(null);
    }

    /** When its text was last changed; null: never. */
    public @Nullable Instant editedAt() {
        Amendments.Edit edit = edit();
        return edit == null ? null : edit.at();
    }

    /** The words to show: text or caption, edited; empty when there are none, or the message was taken back. */
    public String text() {
        if (said == null || deletedAt() != null) {
            return "";
        }
        Amendments.Edit edit = edit();
        return edit == null ? Words.of(said.content()) : edit.text();
    }

    /** Emojis that stand, by who set them: {@code me}, {@code them}, or a group member's JID. */
    public Map<String, String> emojis() {
        if (amendments == null || deletedAt() != null) {
            return Map.of();
        }
        return amendments.reactions().entrySet().stream().filter(e -> !e.getValue().emoji().isEmpty()).collect(
                Collectors.toMap(Map.Entry::getKey, e -> e.getValue().emoji(), (a, _) -> a, TreeMap::new));
    }

    /** Without texts and names. */
    @Override
    public String toString() {
        return "StoredMessage[" + thread + ", " + id + ", " + said + ", " + delivery + "]";
    }
}
