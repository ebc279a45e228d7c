package io.wafleet.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.IdentityHashMap;

/**
 * Closes connections that bring no first request: its headers must be complete within the bound from the moment a connection is open.
 * The idle timeout, which is longer, bounds those of each further one: a client may keep its connection for later, and bytes of
 * headers that trickle do not count as traffic. Owned by the event loop.
 */
final class ConnectionDeadlines {
    private final Vertx vertx;
    private final Duration firstRequest;
    private final IdentityHashMap<HttpConnection, Long> timers = new IdentityHashMap<>();

    ConnectionDeadlines(Vertx vertx, Duration firstRequest) {
        this.vertx = vertx;
        this.firstRequest = firstRequest;
    }

    void opened(HttpConnection connection) {
        timers.put(connection, vertx.setTimer(firstRequest.toMillis(), _ -> connection.close()));
        connection.closeHandler(_ -> over(connection));
    }

    void requested(HttpServerRequest request) {
        over(request.connection());
    }

    private void over(HttpConnection connection) {
        Long timer = timers.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
