package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said in a chat, or done to what was said there. Its rules are checked where it is made; none of it shows in a log.
 *
 * <p>Where there is a {@code quoted}, it makes the message a reply; null: it is none.
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
    @JsonSubTypes.Type(value = Content.Delete.class, name = "delete")})
public sealed interface Content extends InboundContent {
    /** WhatsApp's own limit for a caption. */
    int MAX_CAPTION_LENGTH = 1_024;

    /**
     * Bytes that lie at an address. The worker fetches them when the message is sent, and gives them to WhatsApp; what arrives has
     * the address at which WhatsApp keeps them.
     */
    sealed interface Media extends Content {
        /** {@code http} or {@code https}, at most 2,048 characters, without user. */
        URI url();

        /** Media type of the bytes; null: as the server at the address says. */
        @Nullable
        String mimetype();

        /** What {@link #mimetype} must begin with; empty: anything. */
        String family();

        /** The same, with its bytes elsewhere. */
        Media at(URI url, String mimetype);
    }

    /**
     * Plain text.
     *
     * @param text 1 to 65,536 characters
     */
    record Text(String text, @Nullable MessageRef quoted) implements Content {
        /** WhatsApp's own limit for a text message. */
        public static final int MAX_LENGTH = 65_536;

        public Text {
            ContentRule.length("text", text, MAX_LENGTH);
        }

        public Text(String text) {
            this(text, null);
        }

        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /** A picture. */
    record Image(URI url, @Nullable String caption, @Nullable String mimetype,
            @Nullable MessageRef quoted) implements Media {
        public Image {
            ContentRule.url(url);
            ContentRule.mimetype(mimetype, "image/");
            ContentRule.optionalLength("caption", caption, MAX_CAPTION_LENGTH);
        }

        @Override
        public String family() {
            return "image/";
        }

        @Override
        public Image at(URI at, String type) {
            return new Image(at, caption, type, quoted);
        }

        @Override
        public String toString() {
            return "Image[]";
        }
    }

    /** A film. */
    record Video(URI url, @Nullable String caption, @Nullable String mimetype,
            @Nullable MessageRef quoted) implements Media {
        public Video {
            ContentRule.url(url);
            ContentRule.mimetype(mimetype, "video/");
            ContentRule.optionalLength("caption", caption, MAX_CAPTION_LENGTH);
        }

        @Override
        public String family() {
            return "video/";
        }

        @Override
        public Video at(URI at, String type) {
            return new Video(at, caption, type, quoted);
        }

        @Override
        public String toString() {
            return "Video[]";
        }
    }

    /** A sound, shown with a player. */
    record Audio(URI url, @Nullable String mimetype, @Nullable MessageRef quoted) implements Media {
        public Audio {
            ContentRule.url(url);
            ContentRule.mimetype(mimetype, "audio/");
        }

        @Override
        public String family() {
            return "audio/";
        }

        @Override
        public Audio at(URI at, String type) {
            return new Audio(at, type, quoted);
        }

        @Override
        public String toString() {
            return "Audio[]";
        }
    }

    /** A voice message, as if just spoken; WhatsApp plays {@code audio/ogg; codecs=opus}. */
    record Voice(URI url, @Nullable String mimetype, @Nullable MessageRef quoted) implements Media {
        public Voice {
            ContentRule.url(url);
            ContentRule.mimetype(mimetype, "audio/");
        }

        @Override
        public String family() {
            return "audio/";
        }

        @Override
        public Voice at(URI at, String type) {
            return new Voice(at, type, quoted);
        }

        @Override
        public String toString() {
            return "Voice[]";
        }
    }

    /** A file of any kind. */
    record Document(URI url, @Nullable String fileName, @Nullable String caption, @Nullable String mimetype,
            @Nullable MessageRef quoted) implements Media {
        public Document {
            ContentRule.url(url);
            ContentRule.mimetype(mimetype, "");
            ContentRule.fileName(fileName);
            ContentRule.optionalLength("caption", caption, MAX_CAPTION_LENGTH);
        }

        @Override
        public String family() {
            return "";
        }

        @Override
        public Document at(URI at, String type) {
            return new Document(at, fileName, caption, type, quoted);
        }

        @Override
        public String toString() {
            return "Document[]";
        }
    }

    /** A sticker; WhatsApp shows {@code image/webp}. */
    record Sticker(URI url, @Nullable String mimetype, @Nullable MessageRef quoted) implements Media {
        public Sticker {
            ContentRule.url(url);
            ContentRule.mimetype(mimetype, "image/");
        }

        @Override
        public String family() {
            return "image/";
        }

        @Override
        public Sticker at(URI at, String type) {
            return new Sticker(at, type, quoted);
        }

        @Override
        public String toString() {
            return "Sticker[]";
        }
    }

    /**
     * A place.
     *
     * @param latitude degrees, -90 to 90
     * @param longitude degrees, -180 to 180
     */
    record Location(Double latitude, Double longitude, @Nullable String name, @Nullable String address,
            @Nullable MessageRef quoted) implements Content {
        public Location {
            ContentRule.range("latitude", latitude, 90);
            ContentRule.range("longitude", longitude, 180);
            ContentRule.optionalLength("name", name, 256);
            ContentRule.optionalLength("address", address, 1_024);
        }

        @Override
        public String toString() {
            return "Location[]";
        }
    }

    /**
     * A card of somebody's phones.
     *
     * @param name 1 to 100 characters
     * @param phones 1 to 20
     */
    record Contact(String name, List<PhoneNumber> phones, @Nullable MessageRef quoted) implements Content {
        public static final int MAX_PHONES = 20;

        public Contact {
            ContentRule.length("name", name, 100);
            phones = List.copyOf(ContentRule.present("phones", phones));
            if (phones.isEmpty() || phones.size() > MAX_PHONES) {
                throw new IllegalArgumentException("phones must be 1 to " + MAX_PHONES + " phone numbers");
            }
        }

        @Override
        public String toString() {
            return "Contact[" + phones.size() + " phones]";
        }
    }

    /**
     * A reaction to a message; it replaces the account's earlier one.
     *
     * @param emoji one emoji; empty takes the reaction back
     */
    record Reaction(MessageRef message, String emoji) implements Content {
        public Reaction {
            ContentRule.present("message", message);
            ContentRule.emoji(emoji);
        }

        @Override
        public String toString() {
            return "Reaction[" + message + "]";
        }
    }

    /**
     * Replaces the text of a message that the account sent.
     *
     * @param message an own one
     * @param text 1 to 65,536 characters
     */
    record Edit(MessageRef message, String text) implements Content {
        public Edit {
            if (ContentRule.present("message", message).from() != null) {
                throw new IllegalArgumentException("message.from must be absent: only own messages can be edited");
            }
            ContentRule.length("text", text, Text.MAX_LENGTH);
        }

        @Override
        public String toString() {
            return "Edit[" + message + "]";
        }
    }

    /**
     * Takes a message back from everybody.
     *
     * @param message an own one, or in a group that the account administers, also a member's
     */
    record Delete(MessageRef message) implements Content {
        public Delete {
            ContentRule.present("message", message);
        }
    }
}
