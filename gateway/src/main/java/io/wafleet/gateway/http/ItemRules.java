package io.wafleet.gateway.http;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the contract says of one message, checked for each of many: the rules are those of send-message itself, so that an item is
 * refused exactly when it would be alone. Thread-safe.
 */
final class ItemRules {
    /** As the header's. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");
    private static final String KEY_FIELD = "idempotencyKey";

    private final Validator validator;

    private ItemRules(Validator validator) {
        this.validator = validator;
    }

    static ItemRules of(OpenAPIContract contract) {
        Operation one = Objects.requireNonNull(contract.operation("sendMessage"));
        MediaType json = Objects.requireNonNull(one.getRequestBody().getContent().get(Answer.JSON));
        return new ItemRules(contract.getSchemaRepository().validator(json.getSchema()));
    }

    /** The item without its key: what send-message would be given as body. */
    JsonObject body(@Nullable Object item) {
        if (!(item instanceof JsonObject object)) {
            throw Problem.invalid("messages: must hold JSON objects, of which this is none");
        }
        JsonObject body = object.copy();
        body.remove(KEY_FIELD);
        OutputUnit result = validator.validate(body);
        if (!Boolean.TRUE.equals(result.getValid())) {
            throw BrokenRules.problem(result);
        }
        return body;
    }

    /** The item's own key. */
    Optional<String> key(@Nullable Object item) {
        Object key = item instanceof JsonObject object ? object.getValue(KEY_FIELD) : null;
        if (key == null) {
            return Optional.empty();
        }
        if (!(key instanceof String text) || !KEY.matcher(text).matches()) {
            throw Problem.invalid(KEY_FIELD + ": must be 1 to 128 of A-Z a-z 0-9 _ . : -");
        }
        return Optional.of(text);
    }
}
