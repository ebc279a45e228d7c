package io.wafleet.conversations;

import io.wafleet.contract.InboundContent;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MediaInfo;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a message says, however often and by whom it was told.
 *
 * @param source the strongest of those that told it
 * @param author {@code me}, {@code them}, or a group member's JID
 * @param senderName what the sender calls itself; null when unknown or the account
 * @param at the message's own time; it only grows, so that a thread's last message needs no search
 */
public record Said(Source source, String author, @Nullable String senderName, InboundContent content,
        @Nullable MediaInfo media, @Nullable String thumbnail, Instant at) {
    /** Who told of it, the weakest first: what was accepted is known better than its echo. */
    public enum Source {
        INBOUND, PHONE, OUTBOX
    }

    /** Both, whatever came first. */
    Said merge(Said other) {
        Said stronger = BY_CONTENT.compare(this, other) >= 0 ? this : other;
        return new Said(stronger.source, stronger.author, greater(senderName, other.senderName), stronger.content,
                media(other), greater(thumbnail, other.thumbnail), Times.later(at, other.at));
    }

    private static final Comparator<Said> BY_CONTENT = Comparator.comparing(Said::source)
            .thenComparing((a, b) -> a.content.equals(b.content) ? 0 : json(a).compareTo(json(b)))
            .thenComparing(Said::author);

    private static String json(Said said) {
        return JsonCodec.text(said.content);
    }

    private @Nullable MediaInfo media(Said other) {
        if (media == null || other.media == null) {
            return media == null ? other.media : media;
        }
        return media.toString().compareTo(other.media.toString()) >= 0 ? media : other.media;
    }

    private static @Nullable String greater(@Nullable String a, @Nullable String b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** Without texts and names. */
    @Override
    public String toString() {
        return "Said[" + source + ", " + content + ", at " + at + "]";
    }
}
