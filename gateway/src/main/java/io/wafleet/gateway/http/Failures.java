package io.wafleet.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Path;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a failure becomes an answer. What is no {@link Problem} is a fault of ours: logged whole, told as 500. */
final class Failures implements Handler<RoutingContext> {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private static final int TOO_LARGE = 413;

    private final OpenAPIContract contract;
    private final HttpLimits limits;

    Failures(OpenAPIContract contract, HttpLimits limits) {
        this.contract = contract;
        this.limits = limits;
    }

    @Override
    public void handle(RoutingContext context) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        if (context.statusCode() == 405) {
            wrongMethod(context);
            return;
        }
        Answers.send(context, problem(context).answer(RequestId.of(context)));
    }

    private void wrongMethod(RoutingContext context) {
        List<String> allowed = allowed(AskedPath.of(context));
        if (context.request().method().equals(HttpMethod.HEAD) && allowed.contains("GET")) {
            context.reroute(HttpMethod.GET, context.request().uri());
            return;
        }
        String methods = String.join(", ", allowed);
        Answers.send(context,
                Problem.of(405, "method_not_allowed", "method: must be one of " + methods)
                        .answer(RequestId.of(context)).with("Allow", methods));
    }

    private List<String> allowed(String path) {
        Path known = contract.findPath(path);
        return known == null
                ? List.of("GET")
                : known.getOperations().stream().map(Operation::getHttpMethod).map(HttpMethod::name).sorted().toList();
    }

    private Problem problem(RoutingContext context) {
        @Nullable
        Throwable failure = context.failure();
        if (failure instanceof HttpException e && e.getCause() != null) {
            failure = e.getCause();
        }
        return switch (failure) {
            case Problem p -> p;
            case ValidatorException e -> BrokenRules.problem(e);
            case null, default -> BodyLimits.areReading(context) && context.statusCode() != TOO_LARGE
                    ? unreadableBody(context)
                    : byStatus(context, failure);
        };
    }

    /** After it nothing on the connection can be told apart: it ends. */
    private static Problem unreadableBody(RoutingContext context) {
        context.response().putHeader("Connection", "close");
        context.addBodyEndHandler(_ -> context.request().connection().close());
        return Problem.of(400, "bad_request", "body: must be framed as HTTP has it, by a length or in whole chunks");
    }

    private Problem byStatus(RoutingContext context, @Nullable Throwable failure) {
        return switch (context.statusCode()) {
            case 400 -> Problem.of(400, "bad_request", "request: cannot be read");
            case 404 -> Problem.of(404, "not_found", "path: there is nothing here");
            case TOO_LARGE -> Problem.of(413, "body_too_large", "body: must have at most "
                    + BodyLimits.of(context, limits) + " bytes");
            default -> {
                LOG.error("request {} failed", RequestId.of(context), failure);
                yield Problem.of(500, "internal_error", "The gateway failed; its log says why under this request id");
            }
        };
    }
}
