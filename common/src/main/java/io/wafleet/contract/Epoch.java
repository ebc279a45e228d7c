package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/**
 * The fencing number of an ownership: one for each claim of a partition, it only grows; the smaller loses.
 *
 * @param value 0 (never claimed) or more; a claim's is at least the seconds since 1970, so that it grows even over a lost
 *     journal
 */
public record Epoch(@JsonValue long value) implements Comparable<Epoch> {
    /** Before any claim. */
    public static final Epoch NONE = new Epoch(0);

    @JsonCreator
    public Epoch {
        if (value < 0) {
            throw new IllegalArgumentException("epoch must not be negative");
        }
    }

    /** The epoch of the claim that follows this one. */
    public Epoch next(Instant now) {
        return new Epoch(Math.max(value + 1, now.getEpochSecond()));
    }

    public boolean isOlderThan(Epoch other) {
        return value < other.value;
    }

    @Override
    public int compareTo(Epoch other) {
        return Long.compare(value, other.value);
    }

    /** With a letter before it, so that no log mask takes it for a phone. */
    @Override
    public String toString() {
        return "e" + value;
    }
}
