package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is to be validated. The library's own reading unescapes what is unescaped already, headers too, and takes a text
 * that looks like a number for one: here {@code q=100%25} is {@code 100%}, and the key {@code 1.5} a text.
 */
record ExactRequest(Map<String, RequestParameter> getHeaders, Map<String, RequestParameter> getPathParameters,
        Map<String, RequestParameter> getQuery, @Nullable RequestParameter getBody) implements ValidatableRequest {

    /** Many times what any request of ours has. */
    private static final int MAX_VALUES = 1_000;
    /** For a thousand messages. */
    private static final int MAX_BULK_VALUES = 100_000;

    static Future<ValidatableRequest> extract(RoutingContext context, Operation operation) {
        Buffer body = operation.getRequestBody() == null ? null : context.body().buffer();
        int most = BodyLimits.isBulk(context) ? MAX_BULK_VALUES : MAX_VALUES;
        if (body != null && !ValueCount.isWithin(body, most)) {
            return Future.failedFuture(Problem.invalid("body: must hold at most " + most + " values"));
        }
        return Future.succeededFuture(new ExactRequest(
                parameters(operation, Location.HEADER, context.request()::getHeader),
                parameters(operation, Location.PATH, context::pathParam),
                parameters(operation, Location.QUERY,
                        name -> context.queryParam(name).stream().findFirst().orElse(null)),
                body == null ? null : body(body)));
    }

    private static Map<String, RequestParameter> parameters(Operation operation, Location location,
            Function<String, @Nullable String> values) {
        Map<String, RequestParameter> found = new HashMap<>();
        for (Parameter parameter : operation.getParameters()) {
            if (parameter.getIn() == location) {
                found.put(parameter.getName(), parameter(parameter, values.apply(parameter.getName())));
            }
        }
        return found;
    }

    /** The validator reads each value as JSON. */
    private static RequestParameter parameter(Parameter parameter, @Nullable String value) {
        boolean isText = parameter.getSchemaType() == SchemaType.STRING;
        return new RequestParameterImpl(value != null && isText ? Json.encode(value) : value);
    }

    private static RequestParameter body(@Nullable Buffer bytes) {
        return new RequestParameterImpl(bytes == null || bytes.length() == 0 ? null : bytes);
    }

    @Override
    public Map<String, RequestParameter> getCookies() {
        return Map.of();
    }

    /** The contract's own spelling: the validator compares it letter by letter. */
    @Override
    public String getContentType() {
        return Answer.JSON;
    }
}
