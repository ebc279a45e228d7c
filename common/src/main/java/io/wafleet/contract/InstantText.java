package io.wafleet.contract;

import java.time.Instant;
import java.time.LocalDate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Moments as they stand in our records: {@code 2026-01-31T23:59:59.999Z}, or {@code 2026-01-31T23:59:59Z} on the full second. A record has up to a dozen of them and is
 * read some ten times on its way, so this form is read and written by hand; any other form that ISO-8601 allows is left to the library.
 */
final class InstantText {
    private static final String PATTERN = "dddd-dd-ddTdd:dd:dd.dddZ";
    /** Where the point stands. */
    private static final int FRACTION = 19;
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int NANOS_OF_MILLI = 1_000_000;
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private InstantText() {}

    /** For the mapper. */
    static SimpleModule module() {
        return new SimpleModule("instants").addSerializer(Instant.class, new Writer())
                .addDeserializer(Instant.class, new Reader());
    }

    /** The common form; what has finer parts than milliseconds or an odd year is written as ISO-8601 has it. */
    static String write(Instant instant) {
        if (instant.getNano() % NANOS_OF_MILLI != 0 || instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            return instant.toString();
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(instant.getEpochSecond(), SECONDS_OF_DAY));
        int second = (int) Math.floorMod(instant.getEpochSecond(), (long) SECONDS_OF_DAY);
        char[] text = PATTERN.toCharArray();
        digits(text, 0, 4, date.getYear());
        digits(text, 5, 2, date.getMonthValue());
        digits(text, 8, 2, date.getDayOfMonth());
        digits(text, 11, 2, second / 3600);
        digits(text, 14, 2, second / 60 % 60);
        digits(text, 17, 2, second % 60);
        int milli = instant.getNano() / NANOS_OF_MILLI;
        if (milli == 0) {
            text[FRACTION] = 'Z';
            return new String(text, 0, FRACTION + 1);
        }
        digits(text, FRACTION + 1, 3, milli);
        return new String(text);
    }

    private static void digits(char[] text, int from, int count, int number) {
        int rest = number;
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Whether the text has the common form; its numbers may still be impossible. */
    static boolean isCommon(String text) {
        boolean fullSecond = text.length() == FRACTION + 1 && text.charAt(FRACTION) == 'Z';
        if (!fullSecond && text.length() != PATTERN.length()) {
            return false;
        }
        for (int i = 0; i < (fullSecond ? FRACTION : PATTERN.length()); i++) {
            char c = text.charAt(i);
            char wanted = PATTERN.charAt(i);
            if (wanted == 'd' ? c < '0' || c > '9' : c != wanted) {
                return false;
            }
        }
        return number(text, 11, 2) < 24 && number(text, 14, 2) < 60 && number(text, 17, 2) < 60;
    }

    /**
     * Reads the common form.
     *
     * @throws java.time.DateTimeException when there is no such day
     */
    static Instant read(String text) {
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2)).toEpochDay();
        int second = number(text, 11, 2) * 3600 + number(text, 14, 2) * 60 + number(text, 17, 2);
        int milli = text.length() == PATTERN.length() ? number(text, FRACTION + 1, 3) : 0;
        return Instant.ofEpochSecond(day * SECONDS_OF_DAY + second, (long) milli * NANOS_OF_MILLI);
    }

    private static int number(String text, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static final class Writer extends StdSerializer<Instant> {
        Writer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(write(value));
        }
    }

    private static final class Reader extends StdDeserializer<Instant> {
        private static final ValueDeserializer<Instant> ANY_FORM = InstantDeserializer.INSTANT;

        Reader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() == JsonToken.VALUE_STRING && isCommon(parser.getString())) {
                try {
                    return read(parser.getString());
                } catch (java.time.DateTimeException _) {
                    // There is no such day: Jackson says so in its own words.
                }
            }
            return ANY_FORM.deserialize(parser, context);
        }
    }
}
