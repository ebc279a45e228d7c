package io.wafleet.simulator.whatsapp;

/** What comes of an order from outside. */
public sealed interface Answer<T> {
    /** It was carried out. */
    record Done<T>(T value) implements Answer<T> {}

    /**
     * It was not carried out, and nothing has changed.
     *
     * @param reason what kind of no
     * @param field of the order that is at fault
     * @param rule that it breaks, for people
     */
    record Refused<T>(Reason reason, String field, String rule) implements Answer<T> {}

    /** Kinds of no. */
    enum Reason {
        /** No such thing. */
        UNKNOWN,
        /** There was one, but its time is over. */
        STALE,
        /** Not as things stand now. */
        CONFLICT
    }

    static <T> Answer<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Answer<T> unknown(String field, String rule) {
        return new Refused<>(Reason.UNKNOWN, field, rule);
    }

    static <T> Answer<T> stale(String field, String rule) {
        return new Refused<>(Reason.STALE, field, rule);
    }

    static <T> Answer<T> conflict(String field, String rule) {
        return new Refused<>(Reason.CONFLICT, field, rule);
    }
}
