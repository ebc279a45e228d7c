package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.MessageId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person writes, and how it is brought.
 *
 * @param group that it is written into; null: to a person
 * @param naming of people to accounts
 * @param senderName what the writer calls itself; null: by the phone number
 * @param thumbnail Base64, whatever it is; null: none
 * @param id under which it comes; null: a new one. An id that an account has had before brings it once more
 * @param sentAt when it says that it was written; null: now
 */
public record Letter(InboundContent content, @Nullable Chat group, Naming naming, @Nullable String senderName,
        @Nullable String thumbnail, @Nullable MessageId id, @Nullable Instant sentAt) {

    /** As most letters are. */
    public static Letter of(Content content, @Nullable Chat group) {
        return new Letter(content, group, Naming.PHONE, null, null, null, null);
    }

    /** Messages are private. */
    @Override
    public String toString() {
        return "Letter[" + content + "]";
    }
}
