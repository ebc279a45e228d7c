package io.wafleet.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The percent signs of a request line. One that is no escape leaves nobody sure what is asked for: the router would fail over it. */
final class Escapes {
    private static final int DIGITS = 2;

    private Escapes() {}

    /** What is wrong with those of the path or the query; empty: nothing. */
    static Optional<Problem> broken(HttpServerRequest request) {
        return areWhole(request.path())
                ? areWhole(request.query()) ? Optional.empty() : Optional.of(broken("query"))
                : Optional.of(broken("path"));
    }

    private static Problem broken(String field) {
        return Problem.invalid(field + ": must have two hex digits after each percent sign");
    }

    static boolean areWhole(@Nullable String text) {
        int at = text == null ? -1 : text.indexOf('%');
        while (text != null && at >= 0) {
            if (at + DIGITS >= text.length() || !HexFormat.isHexDigit(text.charAt(at + 1))
                    || !HexFormat.isHexDigit(text.charAt(at + 2))) {
                return false;
            }
            at = text.indexOf('%', at + 1);
        }
        return true;
    }
}
