package io.wafleet.conversations;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times as every store can keep and order them: whole milliseconds, from year 1 to year 9999. */
final class Times {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Times() {}

    /** The nearest time that can be kept: phones tell dates of any kind. */
    static Instant storable(Instant time) {
        if (time.isBefore(FIRST)) {
            return FIRST;
        }
        return time.isAfter(LAST) ? LAST : time.truncatedTo(ChronoUnit.MILLIS);
    }

    static @Nullable Instant storableOrNull(@Nullable Instant time) {
        return time == null ? null : storable(time);
    }

    static Instant later(Instant a, Instant b) {
        return a.isBefore(b) ? b : a;
    }

    static @Nullable Instant laterOrNull(@Nullable Instant a, @Nullable Instant b) {
        return a == null ? b : b == null ? a : later(a, b);
    }

    static @Nullable Instant earlierOrNull(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }
}
