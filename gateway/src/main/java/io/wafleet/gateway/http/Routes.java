package io.wafleet.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Makes the router out of the contract: each operation has exactly one endpoint, and each request passes, in this order: its id,
 * the site check, the media type, the body's deadline and limit, the contract's validation, the readiness of the views, its
 * endpoint.
 */
final class Routes {
    private static final Map<String, String> ASSETS = Map.of("gateway.css", "text/css; charset=utf-8", "live.js",
            "text/javascript; charset=utf-8", "icon.svg", "image/svg+xml");
    /** Tags of operations that are answered without the views. */
    private static final Set<String> WITHOUT_VIEWS = Set.of("operations", "conversations");
    private static final Set<Integer> ROUTER_FAILURES = Set.of(400, 404, 405, 413, 415, 500);

    private final Vertx vertx;
    private final OpenAPIContract contract;
    private final Map<String, Endpoint> endpoints;
    private final HttpLimits limits;
    private final BooleanSupplier isCaughtUp;
    private final MeterRegistry metrics;

    /**
     * @param isCaughtUp whether what the API says would be true
     */
    Routes(Vertx vertx, OpenAPIContract contract, Map<String, Endpoint> endpoints, HttpLimits limits,
            BooleanSupplier isCaughtUp, MeterRegistry metrics) {
        this.vertx = vertx;
        this.contract = contract;
        this.endpoints = endpoints;
        this.limits = limits;
        this.isCaughtUp = isCaughtUp;
        this.metrics = metrics;
    }

    /**
     * @throws IllegalStateException when contract and endpoints do not match
     */
    Router router() {
        RouterBuilder builder = RouterBuilder.create(vertx, contract, ExactRequest::extract);
        PlatformHandler requestId = RequestId::assign;
        PlatformHandler sameSite = Gate::sameSite;
        PlatformHandler mediaType = context -> Gate.mediaType(contract, context);
        builder.rootHandler(requestId).rootHandler(sameSite).rootHandler(mediaType)
                .rootHandler(new BodyDeadline(limits.bodyTimeout()))
                .rootHandler(new BodyLimits(limits));
        Set<String> without = new HashSet<>(endpoints.keySet());
        for (OpenAPIRoute route : builder.getRoutes()) {
            String operation = route.getOperation().getOperationId();
            Endpoint endpoint = endpoints.get(operation);
            if (endpoint == null) {
                throw new IllegalStateException("operation " + operation + " has no endpoint");
            }
            without.remove(operation);
            boolean needsViews = route.getOperation().getTags().stream().noneMatch(WITHOUT_VIEWS::contains);
            route.addHandler(context -> serve(context, operation, endpoint, needsViews));
        }
        if (!without.isEmpty()) {
            throw new IllegalStateException("endpoints without operation: " + without);
        }
        Router router = builder.createRouter();
        ASSETS.forEach((name, type) -> asset(router, name, type));
        Failures failures = new Failures(contract, limits);
        ROUTER_FAILURES.forEach(status -> router.errorHandler(status, failures));
        router.route().failureHandler(failures);
        return router;
    }

    private void serve(RoutingContext context, String operation, Endpoint endpoint, boolean needsViews) {
        Timer.Sample sample = Timer.start(metrics);
        context.addBodyEndHandler(_ -> sample.stop(timer(operation, context.response().getStatusCode())));
        if (needsViews && !isCaughtUp.getAsBoolean()) {
            context.fail(Problem.unavailable("starting", "The gateway still reads its topics; repeat the request"));
            return;
        }
        Future<Answer> answered = endpoint.answer(context);
        BodyLimits.keepUntil(context, answered);
        answered.onSuccess(answer -> Answers.send(context, answer)).onFailure(context::fail);
    }

    private Timer timer(String operation, int status) {
        return Timer.builder("wafleet.gateway.requests").description("HTTP requests by operation and status")
                .tag("operation", operation).tag("status", Integer.toString(status)).register(metrics);
    }

    private static void asset(Router router, String name, String type) {
        Buffer content = Contract.resource("assets/" + name);
        router.get("/assets/" + name).handler(context -> Answers.send(context,
                Answer.of(type, content).with("Cache-Control", "max-age=300")));
    }
}
