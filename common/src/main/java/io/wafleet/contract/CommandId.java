package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names one account command, so that its reply can be told from others and it is applied once.
 *
 * @param value 1 to 64 of A-Z a-z 0-9 _ . -
 */
public record CommandId(@JsonValue String value) implements Comparable<CommandId> {
    private static final int MAX_LENGTH = 64;

    @JsonCreator
    public CommandId {
        if (!Letters.areName(value, "_.-", MAX_LENGTH)) {
            throw new IllegalArgumentException("CommandId must be 1 to 64 of A-Z a-z 0-9 _ . -");
        }
    }

    @Override
    public int compareTo(CommandId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
