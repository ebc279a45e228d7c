package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One WhatsApp number that the fleet connects; the key of every topic. How it is made from a phone: {@code AccountIds}.
 *
 * @param value 1 to 128 of A-Z a-z 0-9 _ . -
 */
public record AccountId(@JsonValue String value) implements Comparable<AccountId> {
    private static final int MAX_LENGTH = 128;

    @JsonCreator
    public AccountId {
        if (!Letters.areName(value, "_.-", MAX_LENGTH)) {
            throw new IllegalArgumentException("AccountId must be 1 to 128 of A-Z a-z 0-9 _ . -");
        }
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
