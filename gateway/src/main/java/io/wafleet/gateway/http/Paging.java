package io.wafleet.gateway.http;

import io.vertx.ext.web.RoutingContext;
import io.wafleet.conversations.Cursor;
import io.wafleet.conversations.PageRequest;
import org.jspecify.annotations.Nullable;

/** Reads which part of a list is wanted; says which rule is broken, and how it reads. */
final class Paging {
    static final int MAX_LIMIT = 200;

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_DIGITS = 9;

    private Paging() {}

    /** Of {@code limit} and {@code cursor}. */
    static PageRequest asked(RoutingContext context) {
        return new PageRequest(limit(Endpoint.query(context, "limit"), MAX_LIMIT),
                cursor(Endpoint.query(context, "cursor")));
    }

    static int limit(@Nullable String written, int max) {
        return limit(written, DEFAULT_LIMIT, max);
    }

    /** Said by its one rule, whatever the contract's pattern would let pass. */
    static int limit(@Nullable String written, int otherwise, int max) {
        if (written == null) {
            return otherwise;
        }
        boolean isNumber = !written.isEmpty() && written.length() <= MAX_DIGITS
                && written.chars().allMatch(c -> c >= '0' && c <= '9');
        int limit = isNumber ? Integer.parseInt(written) : 0;
        if (limit < 1 || limit > max) {
            throw Problem.invalid("limit: must be a whole number from 1 to " + max);
        }
        return limit;
    }

    static @Nullable Cursor cursor(@Nullable String written) {
        try {
            return written == null ? null : Cursor.parse(written);
        } catch (IllegalArgumentException _) {
            throw Problem.invalid("cursor: must be the nextCursor of an earlier answer");
        }
    }
}
