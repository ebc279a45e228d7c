package io.wafleet.gateway.http;

import io.vertx.ext.web.RoutingContext;

/** The path that a request asks for, as the router matches it: in its normal form, without the slash at its end. */
final class AskedPath {
    private AskedPath() {}

    /** Whoever compared the path as it was written would let another spelling of it pass. */
    static String of(RoutingContext context) {
        String path = context.normalizedPath();
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
