package io.wafleet.gateway.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Sends answers, with the headers that each of them has. */
final class Answers {
    private Answers() {}

    static void send(RoutingContext context, Answer answer) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return; // The caller went away, or waited too long and was told so.
        }
        response.setStatusCode(answer.status()).putHeader("Content-Type", answer.contentType())
                .putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(RequestId.HEADER, RequestId.of(context));
        answer.headers().forEach(response::putHeader);
        response.end(answer.body());
    }
}
