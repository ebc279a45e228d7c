package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one way values become JSON and back. Unknown fields are ignored, absent ones are null, times are ISO-8601 UTC. Thread-safe.
 */
public final class JsonCodec {
    private static final JsonMapper MAPPER = JsonMapper.builder().disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
            .addModule(InstantText.module()).addHandler(new VersionCheck()).build();

    private JsonCodec() {}

    /** The mapper itself, for adapters that speak JSON to others than Kafka. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** UTF-8 JSON. */
    public static byte[] encode(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /**
     * Reads UTF-8 JSON.
     *
     * @throws UnreadableRecordException when it is not JSON, not of the type, or of a newer schema version; the message names
     *     the field and the rule and never repeats the content
     */
    public static <T> T decode(byte[] json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new UnreadableRecordException("JSON null");
            }
            RequiredComponents.check(value);
            return value;
        } catch (JacksonException e) {
            throw new UnreadableRecordException(reason(e));
        }
    }

    private static String reason(JacksonException e) {
        String path = e.getPath().stream().map(r -> r.getPropertyName() == null ? "[]" : r.getPropertyName())
                .reduce((a, b) -> a + "." + b).map(p -> "field " + p + ": ").orElse("");
        Throwable cause = e.getCause();
        return path + switch (e) {
            case InvalidTypeIdException i when i.getTypeId() == null -> "type is missing";
            case InvalidTypeIdException _ -> "type is not known";
            case NewerSchemaException n -> n.getOriginalMessage();
            case MismatchedInputException m when m.getTargetType() != null ->
                "is not a valid " + m.getTargetType().getSimpleName();
            default -> switch (cause) {
                case IllegalArgumentException broken -> String.valueOf(broken.getMessage());
                case NullPointerException _ -> "a required field is missing";
                case null, default -> "not JSON";
            };
        };
    }

    /** The text form, for people and tests. */
    public static String text(Object value) {
        return new String(encode(value), StandardCharsets.UTF_8);
    }

    /** {@code v} is no component of any record, so it arrives here; a newer one than we know is refused. */
    private static final class VersionCheck extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(DeserializationContext context, JsonParser parser,
                ValueDeserializer<?> deserializer, Object beanOrClass, String name) {
            if (!"v".equals(name)) {
                return false;
            }
            int version = parser.getIntValue();
            if (version > Versioned.SCHEMA_VERSION) {
                throw new NewerSchemaException(parser, version);
            }
            return true;
        }
    }

    private static final class NewerSchemaException extends MismatchedInputException {
        private static final long serialVersionUID = 1L;

        NewerSchemaException(JsonParser parser, int version) {
            super(parser, "schema version " + version + " is newer than " + Versioned.SCHEMA_VERSION);
        }
    }
}
