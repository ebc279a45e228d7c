package io.wafleet.conversations.moving;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads times in each of the forms that the original, its clients and its exports wrote. */
final class Moments {
    /** Numbers from here on are milliseconds; below, seconds. */
    private static final long FIRST_MILLIS = 100_000_000_000L;

    private static final double LAST_MILLIS = 1e15;
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

    private Moments() {}

    /** Null when it is no time, or none at which there could be a message: it would stand before or after all others for ever. */
    static @Nullable Instant read(@Nullable Object value) {
        Instant time = time(value);
        return time == null || time.isBefore(FIRST) || !time.isBefore(END) ? null : time;
    }

    private static @Nullable Instant time(@Nullable Object value) {
        return switch (value) {
            case Instant time -> time;
            case Number number -> ofNumber(number.doubleValue());
            case String text -> ofText(text.strip());
            case Map<?, ?> map -> ofMap(map);
            case null, default -> null;
        };
    }

    private static @Nullable Instant ofNumber(double number) {
        if (!(number > 0) || number > LAST_MILLIS) {
            return null;
        }
        long whole = (long) number;
        return Instant.ofEpochMilli(whole >= FIRST_MILLIS ? whole : whole * 1_000);
    }

    private static @Nullable Instant ofText(String text) {
        if (text.matches("[0-9]{1,15}")) {
            return ofNumber(Double.parseDouble(text));
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** {@code _seconds} as Firestore's client is printed, {@code seconds} as others are, {@code value} as some exporters wrap it. */
    private static @Nullable Instant ofMap(Map<?, ?> map) {
        Object wrapped = map.get("value");
        if (wrapped != null) {
            return wrapped instanceof Map<?, ?> ? null : time(wrapped);
        }
        Object seconds = map.containsKey("_seconds") ? map.get("_seconds") : map.get("seconds");
        Object nanos = map.containsKey("_nanoseconds") ? map.get("_nanoseconds") : map.get("nanoseconds");
        if (!(seconds instanceof Number whole)) {
            return null;
        }
        try {
            return Instant.ofEpochSecond(whole.longValue(), nanos instanceof Number part ? part.longValue() : 0);
        } catch (DateTimeException | ArithmeticException _) {
            return null;
        }
    }
}
