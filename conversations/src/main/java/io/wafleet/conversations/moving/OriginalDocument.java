package io.wafleet.conversations.moving;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document of the original, as it was read; nulls are left out.
 *
 * @param path such as {@code threads/<thread>/messages/<message>}
 * @param fault what is wrong with it, as a sentence for people; null when it can be read
 */
public record OriginalDocument(String path, Map<String, Object> fields, @Nullable String fault) {
    /** Collections that are read; of messages the last name counts. */
    public static final List<String> COLLECTIONS = List.of("accounts", "wa_sessions", "threads", "messages", "outbox");

    private static final int MESSAGE_DEPTH = 4;

    public OriginalDocument {
        Map<String, Object> known = new LinkedHashMap<>();
        for (Map.Entry<String, ? extends @Nullable Object> field : fields.entrySet()) {
            Object value = field.getValue();
            if (value != null) {
                known.put(field.getKey(), value);
            }
        }
        fields = known;
    }

    public OriginalDocument(String path, Map<String, Object> fields) {
        this(path, fields, null);
    }

    /** One that cannot be read. */
    public static OriginalDocument unreadable(String path, String fault) {
        return new OriginalDocument(path, Map.of(), fault);
    }

    /** Where it lies; empty when nothing of that place is read. */
    String collection() {
        String[] names = path.split("/", -1);
        if (names.length == 2 && COLLECTIONS.contains(names[0]) && !names[0].equals("messages")) {
            return names[0];
        }
        boolean isMessage = names.length == MESSAGE_DEPTH && names[0].equals("threads") && names[2].equals("messages");
        return isMessage ? "messages" : "";
    }

    String id() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Id of the thread that a message lies in. */
    String threadId() {
        return path.split("/", -1)[1];
    }

    /** The first of the fields that says something; {@code a.b} looks into a map. */
    @Nullable
    String text(String... names) {
        for (String name : names) {
            Object value = value(name);
            if ((value instanceof String || value instanceof Number) && !value.toString().isBlank()) {
                return value.toString();
            }
        }
        return null;
    }

    /** The first of the fields that is a time. */
    @Nullable
    Instant time(String... names) {
        for (String name : names) {
            Instant time = Moments.read(value(name));
            if (time != null) {
                return time;
            }
        }
        return null;
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(value(name));
    }

    boolean has(String name) {
        return value(name) != null;
    }

    @Nullable
    Object value(String name) {
        Object at = fields;
        for (String part : name.split("\\.", -1)) {
            at = at instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return at;
    }

    /** Without what it holds. */
    @Override
    public String toString() {
        return "OriginalDocument[" + Findings.masked(path) + "]";
    }
}
