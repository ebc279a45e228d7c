package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names one message for ever: it is the WhatsApp id, chosen when the message is accepted and reused by each attempt.
 *
 * @param value 1 to 128 of A-Z a-z 0-9 _ . : = -
 */
public record MessageId(@JsonValue String value) implements Comparable<MessageId> {
    private static final int MAX_LENGTH = 128;

    @JsonCreator
    public MessageId {
        if (!Letters.areName(value, "_.:=-", MAX_LENGTH)) {
            throw new IllegalArgumentException("MessageId must be 1 to 128 of A-Z a-z 0-9 _ . : = -");
        }
    }

    @Override
    public int compareTo(MessageId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
