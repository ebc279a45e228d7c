package io.wafleet.gateway.http;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;

/** Gives each request an id that it keeps in answers and logs: the caller's, when it is a sane one, else a new one. */
final class RequestId {
    static final String HEADER = "X-Request-Id";
    private static final String KEY = "requestId";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private RequestId() {}

    static void assign(RoutingContext context) {
        String id = of(context);
        context.response().putHeader(HEADER, id);
        context.next();
    }

    static String of(RoutingContext context) {
        String known = context.get(KEY);
        if (known != null) {
            return known;
        }
        String given = context.request().getHeader(HEADER);
        String id = given != null && SANE.matcher(given).matches() ? given : fresh();
        context.put(KEY, id);
        return id;
    }

    static String fresh() {
        return UUID.randomUUID().toString();
    }
}
