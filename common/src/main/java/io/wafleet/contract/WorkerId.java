package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names a connector worker for people and logs. The fence does not rest on it: that is the transactional id's part.
 *
 * @param value 1 to 64 of A-Z a-z 0-9 _ . -
 */
public record WorkerId(@JsonValue String value) implements Comparable<WorkerId> {
    private static final int MAX_LENGTH = 64;

    @JsonCreator
    public WorkerId {
        if (!Letters.areName(value, "_.-", MAX_LENGTH)) {
            throw new IllegalArgumentException("WorkerId must be 1 to 64 of A-Z a-z 0-9 _ . -");
        }
    }

    @Override
    public int compareTo(WorkerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
