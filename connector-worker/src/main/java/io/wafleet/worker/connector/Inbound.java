package io.wafleet.worker.connector;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MessageId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that arrived and is not yet acked.
 *
 * @param from who said it: the chat itself, or the member of a group
 * @param fromMe whether it was written on the account's own phone
 * @param media what is known of the content's bytes; null when it has none
 * @param sentAt by WhatsApp's clock
 */
public record Inbound(MessageId id, Chat chat, Chat from, boolean fromMe, @Nullable String senderName, Content content,
        @Nullable MediaInfo media, Instant sentAt) {}
