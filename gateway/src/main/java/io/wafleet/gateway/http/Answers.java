package io.wafleet.gateway.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers, with the headers that each of them has. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

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
        if (answer.file() == null) {
            response.end(answer.body());
        } else {
            response.sendFile(answer.file().toString()).onFailure(error -> {
                // Headers may be out already: an end without all bytes is all that can be said.
                LOG.warn("a file was not sent: {}", error.getClass().getSimpleName());
                response.reset();
            });
        }
    }
}
