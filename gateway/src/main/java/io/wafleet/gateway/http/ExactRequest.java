package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.RequestUtils;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import java.util.HashMap;
import java.util.Map;

/**
 * A request as it is to be validated, with two corrections: a text parameter stays text, for the validator reads each value as
 * JSON first and would refuse the key {@code 1.5} as a number; and the media type is the contract's own spelling, for the
 * validator compares it letter by letter.
 */
record ExactRequest(ValidatableRequest request, Operation operation) implements ValidatableRequest {

    static Future<ValidatableRequest> extract(RoutingContext context, Operation operation) {
        return RequestUtils
                .extract(context.request(), operation, () -> Future.succeededFuture(context.body().buffer()))
                .map(request -> new ExactRequest(request, operation));
    }

    @Override
    public Map<String, RequestParameter> getHeaders() {
        return exact(request.getHeaders(), Location.HEADER);
    }

    @Override
    public Map<String, RequestParameter> getCookies() {
        return request.getCookies();
    }

    @Override
    public Map<String, RequestParameter> getPathParameters() {
        return exact(request.getPathParameters(), Location.PATH);
    }

    @Override
    public Map<String, RequestParameter> getQuery() {
        return exact(request.getQuery(), Location.QUERY);
    }

    @Override
    public RequestParameter getBody() {
        return request.getBody();
    }

    @Override
    public String getContentType() {
        return Answer.JSON;
    }

    private Map<String, RequestParameter> exact(Map<String, RequestParameter> values, Location location) {
        Map<String, RequestParameter> exact = new HashMap<>(values);
        for (Parameter parameter : operation.getParameters()) {
            if (parameter.getIn() == location && parameter.getSchemaType() == SchemaType.STRING) {
                exact.computeIfPresent(parameter.getName(),
                        (_, v) -> v.isNull() ? v : new RequestParameterImpl(Json.encode(v.getString())));
            }
        }
        return exact;
    }
}
