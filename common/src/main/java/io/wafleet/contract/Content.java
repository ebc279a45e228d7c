package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a message says. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = Content.Text.class, name = "text")})
public sealed interface Content {

    /**
     * Plain text.
     *
     * @param text 1 to 65,536 characters
     */
    record Text(String text) implements Content {
        /** WhatsApp's own limit for a text message. */
        public static final int MAX_LENGTH = 65_536;

        public Text {
            if (text.isEmpty() || text.length() > MAX_LENGTH) {
                throw new IllegalArgumentException("text must have 1 to " + MAX_LENGTH + " characters");
            }
        }

        /** Messages are private: a log shows only their length. */
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }
}
