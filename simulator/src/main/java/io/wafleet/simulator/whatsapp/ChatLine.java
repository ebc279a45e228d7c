package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MessageId;
import io.wafleet.simulator.ledger.Fingerprint;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message as a phone shows it.
 *
 * @param from who said it
 * @param mine whether this phone or its linked account said it
 * @param byAccount whether an account of the fleet said it, rather than a person
 * @param text for people; of a text message its text, as last edited
 * @param content as it came; null once it was deleted
 * @param media what is known of the content's bytes; null when it has none
 * @param readable false when it came undecryptable
 * @param edited whether its text is not the first one
 * @param reactions emoji, by who reacted
 */
public record ChatLine(MessageId id, Instant at, Chat from, boolean mine, boolean byAccount, String text,
        @Nullable InboundContent content, @Nullable MediaInfo media, boolean readable, boolean edited,
        Map<Chat, String> reactions) {
    private static final String DELETED = "(deleted)";

    static ChatLine of(MessageId id, Instant at, Chat from, InboundContent content, @Nullable MediaInfo media) {
        return new ChatLine(id, at, from, false, false, Fingerprint.of(content).text(), content, media, true, false,
                Map.of());
    }

    /** On the screen of who said it. */
    ChatLine asMine() {
        return new ChatLine(id, at, from, true, byAccount, text, content, media, readable, edited, reactions);
    }

    /** Said by an account of the fleet. */
    ChatLine saidByAccount(boolean isReadable) {
        return new ChatLine(id, at, from, mine, true, text, content, media, isReadable, edited, reactions);
    }

    ChatLine reacted(Chat by, String emoji) {
        Map<Chat, String> next = new TreeMap<>(reactions);
        if (emoji.isEmpty()) {
            next.remove(by);
        } else {
            next.put(by, emoji);
        }
        return new ChatLine(id, at, from, mine, byAccount, text, content, media, readable, edited, next);
    }

    /** Only what is text can be edited. */
    ChatLine edited(String newText) {
        return content instanceof Content.Text(_, var quoted)
                ? new ChatLine(id, at, from, mine, byAccount, newText, new Content.Text(newText, quoted), null,
                        readable,
                        true, reactions)
                : this;
    }

    ChatLine deleted() {
        return new ChatLine(id, at, from, mine, byAccount, DELETED, null, null, readable, edited, Map.of());
    }

    /** Messages are private. */
    @Override
    public String toString() {
        return "ChatLine[" + id + "]";
    }
}
