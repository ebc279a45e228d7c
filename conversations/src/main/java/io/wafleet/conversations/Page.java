package io.wafleet.conversations;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, the newest first. What is inserted between two pages is on none of the later ones, and moves nothing there twice
 * or out.
 *
 * @param next where the next page begins; null: this was the last one
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page of what was found.
     *
     * @param found at most one more than the limit: then there is a next page
     */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, Cursor> cursor) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, cursor.apply(items.getLast()));
    }
}
