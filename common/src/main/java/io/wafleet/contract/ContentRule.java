package io.wafleet.contract;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of a content's fields. A broken one is told by field and rule, never by the value: that is private. */
final class ContentRule {
    private static final int MAX_URL_LENGTH = 2_048;
    private static final Pattern URL_CHARACTERS = Pattern.compile("[\\x21-\\x7E]+");
    private static final Pattern MIMETYPE = Pattern
            .compile(
                    "[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+_-]{0,60}(; ?[a-z0-9-]{1,20}=[A-Za-z0-9._\"+-]{1,40})?");
    private static final Pattern ONE_CHARACTER = Pattern.compile("\\X");
    private static final int LAST_ASCII = 0x7F;
    /** The longest that exist have 15 or so; what people see as one can be combined without end. */
    private static final int MAX_EMOJI_LENGTH = 64;

    private ContentRule() {}

    static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    static void length(String field, @Nullable String text, int max) {
        String given = present(field, text);
        if (given.isEmpty() || given.length() > max) {
            throw new IllegalArgumentException(field + " must have 1 to " + max + " characters");
        }
    }

    static void optionalLength(String field, @Nullable String text, int max) {
        if (text != null) {
            length(field, text, max);
        }
    }

    static void range(String field, @Nullable Double value, double most) {
        if (!(Math.abs(present(field, value)) <= most)) {
            throw new IllegalArgumentException(field + " must be from " + (int) -most + " to " + (int) most);
        }
    }

    /** What could be fetched at all; whether it may be is for the worker to say. */
    static void url(@Nullable URI url) {
        URI given = present("url", url);
        String text = given.toString();
        String scheme = String.valueOf(given.getScheme());
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            throw new IllegalArgumentException("url must begin with http:// or https://");
        }
        if (given.getHost() == null || given.getHost().isEmpty() || given.getPort() == 0 || given.getPort() > 65_535) {
            throw new IllegalArgumentException("url must name a host, and a port from 1 to 65535 if any");
        }
        if (given.getUserInfo() != null) {
            throw new IllegalArgumentException("url must hold no user or password");
        }
        if (text.length() > MAX_URL_LENGTH || !URL_CHARACTERS.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "url must have at most " + MAX_URL_LENGTH + " characters, all of them ASCII");
        }
    }

    /**
     * @param family what it must begin with; empty: anything
     */
    static void mimetype(@Nullable String mimetype, String family) {
        if (mimetype != null && !(MIMETYPE.matcher(mimetype).matches() && mimetype.startsWith(family))) {
            throw new IllegalArgumentException(family.isEmpty()
                    ? "mimetype must be a media type such as application/pdf"
                    : "mimetype must be a media type that begins with " + family);
        }
    }

    static void fileName(@Nullable String name) {
        optionalLength("fileName", name, 255);
        if (name != null && name.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
            throw new IllegalArgumentException("fileName must hold no slash and no control character");
        }
    }

    /** One emoji as people see it, however many code points it has; empty takes a reaction back. */
    static void emoji(@Nullable String emoji) {
        String given = present("emoji", emoji);
        boolean isOne = given.length() <= MAX_EMOJI_LENGTH && ONE_CHARACTER.matcher(given).matches()
                && given.codePoints().anyMatch(Character::isEmoji)
                && given.codePoints().anyMatch(c -> c > LAST_ASCII);
        if (!given.isEmpty() && !isOne) {
            throw new IllegalArgumentException("emoji must be one emoji, or empty to take the reaction back");
        }
    }
}
