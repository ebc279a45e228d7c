package io.wafleet.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import java.time.Duration;

/**
 * Gives a request's body a bound to be complete in, however it trickles: then 408, and the connection is closed, since what would
 * still come on it is no request.
 */
final class BodyDeadline implements PlatformHandler {
    private final Duration bound;

    BodyDeadline(Duration bound) {
        this.bound = bound;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            long timer = context.vertx().setTimer(bound.toMillis(), _ -> expired(context));
            request.end().onComplete(_ -> context.vertx().cancelTimer(timer));
        }
        context.next();
    }

    private void expired(RoutingContext context) {
        if (!context.response().ended() && !context.response().closed()) {
            context.response().putHeader("Connection", "close");
            context.addBodyEndHandler(_ -> context.request().connection().close());
            context.fail(Problem.of(408, "body_timeout",
                    "body: was not complete within " + bound.toSeconds() + " s"));
        } else {
            context.request().connection().close();
        }
    }
}
