package io.wafleet.simulator.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.JsonCodec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a request comes to, as JSON; errors name field and rule. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    static void json(RoutingContext context, Object body) {
        json(context, 200, body);
    }

    static void json(RoutingContext context, int status, Object body) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end(Buffer.buffer(JsonCodec.encode(body)));
    }

    /** The one way that a failed request is answered. */
    static void failed(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof Problem problem) {
            error(context, problem.status(), problem.code(), problem.field(), String.valueOf(problem.getMessage()));
            return;
        }
        switch (context.statusCode()) {
            case 404 -> error(context, 404, "not_found", null, "no such path");
            case 405 -> error(context, 405, "method_not_allowed", null, "this path does not take this method");
            case 413 -> error(context, 413, "too_large", "body", "body: must be at most 1 MB");
            case 400 -> error(context, 400, "invalid", null, "not a valid request");
            default -> {
                LOG.error("request failed", failure);
                error(context, 500, "internal", null, "an error of the simulator; its log says more");
            }
        }
    }

    private static void error(RoutingContext context, int status, String code, @Nullable String field, String error) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("success", false);
        body.put("error", error);
        body.put("code", code);
        if (field != null) {
            body.put("field", field);
        }
        body.put("requestId", UUID.randomUUID().toString());
        json(context, status, body);
    }
}
