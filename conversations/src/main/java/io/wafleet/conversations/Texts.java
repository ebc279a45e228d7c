package io.wafleet.conversations;

import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts as every store can keep them, and as people see them cut. */
final class Texts {
    private static final Pattern VISIBLE_CHARACTER = Pattern.compile("\\X");
    private static final Pattern BLANKS = Pattern.compile("[\\p{Cntrl}\\s]+");

    private Texts() {}

    /** The same text, with each half of a character (lone surrogate) replaced: UTF-8 has no form for it, and stores differ. */
    static String wellFormed(String text) {
        return isWellFormed(text) ? text : encodable(text);
    }

    static @Nullable String wellFormedOrNull(@Nullable String text) {
        return text == null ? null : wellFormed(text);
    }

    /** The same content, with all its texts well-formed. */
    static InboundContent wellFormedInbound(InboundContent content) {
        return switch (content) {
            case Content known -> wellFormed(known);
            case InboundContent.Unsupported _ -> content;
        };
    }

    /** The same content, with all its texts well-formed. */
    static Content wellFormed(Content content) {
        return switch (content) {
            case Content.Text c -> new Content.Text(wellFormed(c.text()), c.quoted());
            case Content.Image c ->
                new Content.Image(c.url(), wellFormedOrNull(c.caption()), c.mimetype(), c.quoted());
            case Content.Video c ->
                new Content.Video(c.url(), wellFormedOrNull(c.caption()), c.mimetype(), c.quoted());
            case Content.Document c -> new Content.Document(c.url(), wellFormedOrNull(c.fileName()),
                    wellFormedOrNull(c.caption()), c.mimetype(), c.quoted());
            case Content.Location c -> new Content.Location(c.latitude(), c.longitude(), wellFormedOrNull(c.name()),
                    wellFormedOrNull(c.address()), c.quoted());
            case Content.Contact c -> new Content.Contact(wellFormed(c.name()), c.phones(), c.quoted());
            case Content.Edit c -> new Content.Edit(c.message(), wellFormed(c.text()));
            case Content.Audio _,Content.Voice _,Content.Sticker _,Content.Reaction _,Content.Delete _ -> content;
        };
    }

    /** One line of at most so many UTF-16 units, never cutting what people see as one character. */
    static String cut(String text, int max) {
        String line = BLANKS.matcher(text.length() > 4 * max ? text.substring(0, 4 * max) : text).replaceAll(" ")
                .strip();
        if (line.length() <= max) {
            return wellFormed(line);
        }
        Matcher characters = VISIBLE_CHARACTER.matcher(line);
        int end = 0;
        while (characters.find() && characters.end() <= max) {
            end = characters.end();
        }
        boolean oneHugeCharacter = end == 0;
        int cut = oneHugeCharacter ? line.offsetByCodePoints(0, line.codePointCount(0, max) - 1) : end;
        return wellFormed(line.substring(0, cut).strip());
    }

    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private static String encodable(String text) {
        return text.codePoints().map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
