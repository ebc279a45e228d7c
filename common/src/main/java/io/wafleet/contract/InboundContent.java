package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.regex.Pattern;

/**
 * What a message that arrived says: whatever can be sent ({@link Content}), or something that this release cannot say. So that it can be
 * neither sent nor queued by mistake, {@link Unsupported} is no {@link Content}.
 *
 * <p>Where a content names another message without {@code from}, that one was written by whoever wrote this one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = Content.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Content.Image.class, name = "image"),
    @JsonSubTypes.Type(value = Content.Video.class, name = "video"),
    @JsonSubTypes.Type(value = Content.Audio.class, name = "audio"),
    @JsonSubTypes.Type(value = Content.Voice.class, name = "voice"),
    @JsonSubTypes.Type(value = Content.Document.class, name = "document"),
    @JsonSubTypes.Type(value = Content.Sticker.class, name = "sticker"),
    @JsonSubTypes.Type(value = Content.Location.class, name = "location"),
    @JsonSubTypes.Type(value = Content.Contact.class, name = "contact"),
    @JsonSubTypes.Type(value = Content.Reaction.class, name = "reaction"),
    @JsonSubTypes.Type(value = Content.Edit.class, name = "edit"),
    @JsonSubTypes.Type(value = Content.Delete.class, name = "delete"),
    @JsonSubTypes.Type(value = InboundContent.Unsupported.class, name = "unsupported")})
public sealed interface InboundContent permits Content, InboundContent.Unsupported {

    /**
     * Something that cannot be said here; that it was said is kept all the same.
     *
     * @param kind WhatsApp's name for it, such as {@code poll}: 1 to 64 of A-Z a-z 0-9 _ . -
     */
    record Unsupported(String kind) implements InboundContent {
        private static final Pattern KIND = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
        private static final Unsupported UNKNOWN = new Unsupported("unknown");

        public Unsupported {
            if (!KIND.matcher(ContentRule.present("kind", kind)).matches()) {
                throw new IllegalArgumentException("kind must be 1 to 64 of A-Z a-z 0-9 _ . -");
            }
        }

        /** Of whatever kind a connector says; {@code unknown} when that is no word. */
        public static Unsupported of(String said) {
            return KIND.matcher(said).matches() ? new Unsupported(said) : UNKNOWN;
        }
    }
}
