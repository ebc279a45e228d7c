package io.wafleet.gateway.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;

/** Answers what never gets to the router, in JSON like all else; then the connection ends, for nothing on it can be trusted. */
final class InvalidRequests {
    private InvalidRequests() {}

    /** What is no HTTP request. */
    static void answer(HttpServerRequest request) {
        answer(request, problem(request.decoderResult().cause()));
    }

    static void answer(HttpServerRequest request, Problem problem) {
        String requestId = RequestId.fresh();
        Answer answer = problem.answer(requestId);
        request.response().setStatusCode(answer.status()).putHeader("Content-Type", answer.contentType())
                .putHeader(RequestId.HEADER, requestId).putHeader("Connection", "close").end(answer.body());
        request.connection().close();
    }

    private static Problem problem(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> Problem.of(414, "line_too_long", "request line: is too long");
            case TooLongHttpHeaderException _ ->
                Problem.of(431, "headers_too_large", "headers: are too large together");
            default -> Problem.of(400, "bad_request", "request: is not valid HTTP");
        };
    }
}
