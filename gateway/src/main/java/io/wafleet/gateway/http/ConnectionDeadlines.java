package io.wafleet.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.IdentityHashMap;

/**
 * Closes connections that bring no request: the idle timeout alone does not, for a byte now and then keeps it from firing. From
 * the moment a connection is open, or its last answer is out, the next request's headers must be complete within the bound.
 * Owned by the event loop.
 */
final class ConnectionDeadlines {
    private final Vertx vertx;
    private final Duration firstRequest;
    private final Duration nextRequest;
    private final IdentityHashMap<HttpConnection, Watch> watches = new IdentityHashMap<>();

    /**
     * @param firstRequest for the first request of a connection
     * @param nextRequest for each further one: a client may keep its connection for later
     */
    ConnectionDeadlines(Vertx vertx, Duration firstRequest, Duration nextRequest) {
        this.vertx = vertx;
        this.firstRequest = firstRequest;
        this.nextRequest = nextRequest;
    }

    private static final class Watch {
        private int requests;
        private long timer = -1;
    }

    void opened(HttpConnection connection) {
        Watch watch = new Watch();
        watches.put(connection, watch);
        arm(connection, watch, firstRequest);
        connection.closeHandler(_ -> {
            watches.remove(connection);
            vertx.cancelTimer(watch.timer);
        });
    }

    /** By the router's context, and not by the response itself: that tells one end handler only, the last that was set. */
    void requested(RoutingContext context) {
        HttpConnection connection = context.request().connection();
        Watch watch = watches.get(connection);
        if (watch != null) {
            watch.requests++;
            vertx.cancelTimer(watch.timer);
            context.addEndHandler(_ -> {
                watch.requests--;
                if (watch.requests == 0 && watches.containsKey(connection)) {
                    arm(connection, watch, nextRequest);
                }
            });
        }
        context.next();
    }

    private void arm(HttpConnection connection, Watch watch, Duration bound) {
        vertx.cancelTimer(watch.timer);
        watch.timer = vertx.setTimer(bound.toMillis(), _ -> connection.close());
    }
}
