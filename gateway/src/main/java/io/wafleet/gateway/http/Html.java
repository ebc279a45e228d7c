package io.wafleet.gateway.http;

import org.jspecify.annotations.Nullable;

/** Text that goes into a page. */
final class Html {
    private Html() {}

    /** Safe as content and inside quoted attributes; null is nothing. */
    static String escape(@Nullable String text) {
        return text == null
                ? ""
                : text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                        .replace("'", "&#39;");
    }
}
