package io.wafleet.gateway.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is refused before anything of a request is read. */
final class Gate {
    private Gate() {}

    /**
     * A body must say that it is JSON, where one is expected. A page of another site cannot say that without asking first, which
     * is half of why a gateway without authentication is safe from them.
     */
    static void mediaType(OpenAPIContract contract, RoutingContext context) {
        HttpServerRequest request = context.request();
        Operation operation = contract.findOperation(AskedPath.of(context), request.method());
        if (operation != null && operation.getRequestBody() != null && hasBody(request)
                && !isJson(request.getHeader("Content-Type"))) {
            context.fail(Problem.of(415, "unsupported_media_type", "Content-Type: must be application/json"));
            return;
        }
        context.next();
    }

    /** The other half: a browser says which site a request comes from, and another one's may change nothing here. */
    static void sameSite(RoutingContext context) {
        HttpServerRequest request = context.request();
        String origin = request.getHeader("Origin");
        boolean isRead = request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        if (!isRead && origin != null && !isFrom(origin, request.getHeader("Host"))) {
            context.fail(Problem.of(403, "cross_origin", "Origin: pages of other sites may not change anything"));
            return;
        }
        context.next();
    }

    private static boolean isFrom(String origin, @Nullable String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null || (length != null && !length.equals("0"));
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals(Answer.JSON);
    }
}
