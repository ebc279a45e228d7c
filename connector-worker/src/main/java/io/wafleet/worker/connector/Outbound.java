package io.wafleet.worker.connector;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * A message to send, under the WhatsApp id that each attempt reuses.
 *
 * @param media the content's bytes, uploaded on the same connection; null when it has none
 */
public record Outbound(MessageId id, Chat chat, Content content, @Nullable Uploaded media) {
    public Outbound(MessageId id, Chat chat, Content content) {
        this(id, chat, content, null);
    }
}
