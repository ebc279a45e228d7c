package io.wafleet.gateway.http;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageRef;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The form of a content that somebody asks to send: the fields of its kind and no others, each of its JSON type, in characters that a
 * phone can show. Stricter than the contract, which has to read what others wrote. Stateless.
 */
final class ContentForm {
    private static final String CONTENT = "content";
    private static final String TYPE = "type";
    private static final Map<String, Class<?>> KINDS = Arrays
            .stream(Content.class.getAnnotation(JsonSubTypes.class).value())
            .collect(Collectors.toUnmodifiableMap(JsonSubTypes.Type::name, JsonSubTypes.Type::value));
    /** What people write in several lines. */
    private static final Set<String> OF_LINES = Set.of("text", "caption", "address");

    private ContentForm() {}

    /**
     * Checks it.
     *
     * @throws Problem that names the field and the rule
     */
    static void check(JsonObject content) {
        if (content.getValue(TYPE) != null && !(content.getValue(TYPE) instanceof String)) {
            throw Problem.invalid("content.type: must be a string");
        }
        Class<?> kind = KINDS.get(content.getString(TYPE, ""));
        if (kind != null) { // Else the codec says what is wrong with the type.
            fields(CONTENT, content, kind);
        }
    }

    private static void fields(String path, JsonObject object, Class<?> kind) {
        Map<String, Class<?>> known = Arrays.stream(kind.getRecordComponents())
                .collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getType));
        object.forEach(field -> {
            String name = field.getKey();
            Class<?> type = known.get(name);
            if (type != null) {
                value(path + "." + name, name, field.getValue(), type);
            } else if (!(path.equals(CONTENT) && name.equals(TYPE))) {
                throw Problem.invalid(path + ": has a field that it cannot have; known are "
                        + known.keySet().stream().sorted().collect(Collectors.joining(", ")));
            }
        });
    }

    private static void value(String path, String name, @Nullable Object value, Class<?> type) {
        if (value == null) {
            return;
        }
        if (type == MessageRef.class) {
            fields(path, is(path, value, JsonObject.class, "an object"), MessageRef.class);
        } else if (type == Double.class) {
            is(path, value, Number.class, "a number");
        } else if (type == List.class) {
            for (Object element : is(path, value, JsonArray.class, "a list of strings")) {
                text(path, name, is(path, element, String.class, "a list of strings"));
            }
        } else {
            text(path, name, is(path, value, String.class, "a string"));
        }
    }

    private static <T> T is(String path, @Nullable Object value, Class<T> wanted, String what) {
        if (!wanted.isInstance(value)) {
            throw Problem.invalid(path + ": must be " + what);
        }
        return wanted.cast(value);
    }

    private static void text(String path, String name, String text) {
        if (OF_LINES.contains(name)) {
            lines(path, text);
        } else if (text.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(path + ": must hold no control character");
        }
        if (name.equals("text") || name.equals("name")) {
            notBlank(path, text);
        }
    }

    /** Text in lines: the only control characters are those between words and lines. */
    static void lines(String path, String text) {
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
            throw Problem.invalid(path + ": must hold no control character but tab and line end");
        }
    }

    /** An empty one is told by its length. */
    static void notBlank(String path, String text) {
        if (!text.isEmpty() && text.isBlank()) {
            throw Problem.invalid(path + ": must not be blank");
        }
    }
}
