package io.wafleet.worker.connector;

import io.wafleet.contract.Chat;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.Thumbnail;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that arrived and is not yet acked.
 *
 * @param from who said it: the chat itself, or the member of a group
 * @param fromMe whether it was written on the account's own phone
 * @param media what is known of the content's bytes; null when it has none
 * @param sentAt by WhatsApp's clock
 * @param alternative the chat's other name, LID or phone; null when it is not told
 * @param fromAlternative the same for the member of a group
 * @param subject of the group; null when there is none, or it is unknown
 * @param replayed whether it waited at WhatsApp while the account was away
 */
public record Inbound(MessageId id, Chat chat, Chat from, boolean fromMe, @Nullable String senderName,
        InboundContent content, @Nullable MediaInfo media, Instant sentAt, @Nullable Chat alternative,
        @Nullable Chat fromAlternative, @Nullable String subject, @Nullable Thumbnail thumbnail, boolean replayed) {
    public Inbound {
        senderName = senderName == null ? null : FreeText.cut(senderName, FreeText.LONGEST_NAME);
        subject = subject == null ? null : FreeText.cut(subject, FreeText.LONGEST_NAME);
        if (media != null && media.mimetype().length() > FreeText.LONGEST_NAME) {
            media = new MediaInfo("application/octet-stream", media.sizeBytes(), media.sha256());
        }
    }

    /** With nothing told but itself. */
    public Inbound(MessageId id, Chat chat, Chat from, boolean fromMe, @Nullable String senderName,
            InboundContent content, @Nullable MediaInfo media, Instant sentAt) {
        this(id, chat, from, fromMe, senderName, content, media, sentAt, null, null, null, null, false);
    }

    /** Names and subjects are private. */
    @Override
    public String toString() {
        return "Inbound[" + id + ", " + chat + ", " + content + "]";
    }
}
