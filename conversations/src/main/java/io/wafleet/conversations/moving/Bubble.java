package io.wafleet.conversations.moving;

import io.wafleet.contract.MessageId;
import io.wafleet.conversations.ThreadId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message as a document of the original tells it; several can tell the same.
 *
 * @param thread where the document lies; a LID's goes on to the phone's
 * @param placeholder whether it is the account's own without an id by WhatsApp: it waited, and may be there again as sent
 * @param at the message's own time
 */
record Bubble(OriginalDocument document, ThreadId thread, MessageId id, boolean placeholder, boolean outbound,
        String text, Instant at) {
    @Nullable
    String status() {
        return document.text("status");
    }

    boolean fromOutbox() {
        return document.collection().equals("outbox");
    }

    /** The same message, by the id that WhatsApp knows. */
    Bubble as(MessageId known) {
        return new Bubble(document, thread, known, false, outbound, text, at);
    }

    /** Without what was said. */
    @Override
    public String toString() {
        return "Bubble[" + document + ", " + id + "]";
    }
}
