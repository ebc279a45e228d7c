package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The broker's name of one incarnation of a worker's producer; never reused, and what a successor fences.
 *
 * @param value 1 to 200 of A-Z a-z 0-9 _ . -
 */
public record TransactionalId(@JsonValue String value) implements Comparable<TransactionalId> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,199}");

    @JsonCreator
    public TransactionalId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("TransactionalId must be 1 to 200 of A-Z a-z 0-9 _ . -");
        }
    }

    @Override
    public int compareTo(TransactionalId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
