package io.wafleet.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One setting, declared once: the source of its command-line option, its environment variable, its check and its row in the
 * settings table.
 *
 * @param key dotted name, such as {@code http.port}; the option is {@code --http-port}
 * @param environment the environment variable that sets it
 * @param type for people: {@code text}, {@code 1 to 65535}, {@code duration} ...
 * @param defaultText the default as a person would write it; empty: none
 * @param description one sentence, with the unit
 * @param secret whether its value is hidden from logs and errors
 * @param parser reads the text; an IllegalArgumentException's message completes the sentence "must be ..."
 */
public record Setting<T>(String key, String environment, String type, String defaultText, String description,
        boolean secret, Function<String, T> parser) {

    /** Any text; an empty default means it may be absent. */
    public static Setting<String> text(String key, String defaultText, String description) {
        return of(key, "text", defaultText, description, s -> s);
    }

    public static Setting<Integer> integer(String key, int defaultValue, int min, int max, String description) {
        String range = min + " to " + max;
        return of(key, range, Integer.toString(defaultValue), description, s -> {
            int value = parseInt(s, range);
            if (value < min || value > max) {
                throw new IllegalArgumentException("a number from " + range);
            }
            return value;
        });
    }

    /** A TCP port; 0 takes a free one. */
    public static Setting<Integer> port(String key, int defaultValue, String description) {
        return integer(key, defaultValue, 0, 65535, description);
    }

    /** Written as {@code 250ms}, {@code 5s}, {@code 10m}, {@code 24h} or {@code 7d}. */
    public static Setting<Duration> duration(String key, String defaultText, Duration min, Duration max,
            String description) {
        String range = "duration, " + Durations.text(min) + " to " + Durations.text(max);
        return of(key, range, defaultText, description, s -> {
            Duration value = Durations.parse(s);
            if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
                throw new IllegalArgumentException("a " + range);
            }
            return value;
        });
    }

    public static Setting<Boolean> bool(String key, boolean defaultValue, String description) {
        return of(key, "true or false", Boolean.toString(defaultValue), description,
                s -> switch (s.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "1" -> true;
                    case "false", "no", "0" -> false;
                    default -> throw new IllegalArgumentException("true or false");
                });
    }

    public static Setting<Path> path(String key, String defaultText, String description) {
        return of(key, "path", defaultText, description, Path::of);
    }

    /** One of an enum's constants, in lower case with dashes. */
    public static <E extends Enum<E>> Setting<E> choice(String key, Class<E> type, E defaultValue, String description) {
        String words = Arrays.stream(type.getEnumConstants()).map(Setting::word).collect(Collectors.joining(", "));
        return of(key, words, word(defaultValue), description,
                s -> Arrays.stream(type.getEnumConstants()).filter(c -> word(c).equalsIgnoreCase(s)).findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("one of " + words)));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static int parseInt(String s, String range) {
        try {
            return Integer.parseInt(s);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("a number from " + range);
        }
    }

    private static <T> Setting<T> of(String key, String type, String defaultText, String description,
            Function<String, T> parser) {
        String environment = "WAFLEET_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return new Setting<>(key, environment, type, defaultText, description, false, parser);
    }

    /** The same setting under another environment variable. */
    public Setting<T> environment(String name) {
        return new Setting<>(key, name, type, defaultText, description, secret, parser);
    }

    /** The same setting, hidden from logs and errors. */
    public Setting<T> asSecret() {
        return new Setting<>(key, environment, type, defaultText, description, true, parser);
    }

    /** The same setting with another default, for a command that has its own. */
    public Setting<T> withDefault(String text) {
        return new Setting<>(key, environment, type, text, description, secret, parser);
    }

    /** The command-line option, such as {@code --http-port}. */
    public String option() {
        return "--" + key.replace('.', '-');
    }
}
