package io.wafleet.simulator.http;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import io.wafleet.simulator.whatsapp.Letter;
import io.wafleet.simulator.whatsapp.Naming;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a person writes, as the control API takes it. One of {@code text}, {@code content} and {@code unsupported}.
 *
 * @param from only where many are written at once
 * @param to a phone, or the account of one; may be absent for a group that was made: everybody else in it
 * @param unsupported name of a kind that the fleet does not know, such as {@code poll}
 * @param naming how WhatsApp names people to accounts; absent: by their phones
 * @param thumbnail Base64, whatever it is
 * @param id absent: a new one; an id that was there before brings the message again
 * @param sentAt absent: now
 */
record NewMessage(@Nullable String from, @Nullable String to, @Nullable String text, @Nullable Content content,
        @Nullable String unsupported, @Nullable String group, @Nullable Naming naming, @Nullable String senderName,
        @Nullable String thumbnail, @Nullable String id, @Nullable Instant sentAt) {

    Letter letter() {
        Chat into = group == null ? null : Requests.group("group", group);
        return new Letter(said(), into, naming == null ? Naming.PHONE : naming, senderName, thumbnail,
                id == null ? null : Requests.messageId("id", id), sentAt);
    }

    String requiredFrom() {
        if (from == null) {
            throw Problem.invalid("from", "is missing");
        }
        return from;
    }

    private InboundContent said() {
        if (Stream.of(text, content, unsupported).filter(Objects::nonNull).count() != 1) {
            throw Problem.invalid("text", "either text, content or unsupported must be given");
        }
        if (unsupported != null) {
            return kind(unsupported);
        }
        if (text != null && (text.isEmpty() || text.length() > Content.Text.MAX_LENGTH)) {
            throw Problem.invalid("text", "must have 1 to " + Content.Text.MAX_LENGTH + " characters");
        }
        return text == null ? Objects.requireNonNull(content) : new Content.Text(text);
    }

    private static InboundContent kind(String name) {
        try {
            return new InboundContent.Unsupported(name);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("unsupported", String.valueOf(e.getMessage()));
        }
    }

    /** Messages are private. */
    @Override
    public String toString() {
        return "NewMessage[]";
    }
}
