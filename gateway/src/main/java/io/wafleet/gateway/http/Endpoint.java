package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers one operation of the contract, on the event loop; the request is validated. */
@FunctionalInterface
interface Endpoint {
    /**
     * @return fails with a {@link Problem} for what the caller should know; any other failure is a fault of ours
     */
    Future<Answer> answer(RoutingContext context);

    /** An endpoint that does not wait for anything. */
    static Endpoint now(Function<RoutingContext, Answer> answer) {
        return context -> Future.succeededFuture(answer.apply(context));
    }

    static ValidatedRequest validated(RoutingContext context) {
        return Objects.requireNonNull(
                context.<ValidatedRequest>get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST));
    }

    static JsonObject body(RoutingContext context) {
        return Objects.requireNonNull(validated(context).getBody().getJsonObject());
    }

    /** A text of the body; null when it is not there. A text that UTF-8 cannot hold breaks a rule. */
    static @Nullable String text(RoutingContext context, String field) {
        return text(body(context), field);
    }

    static @Nullable String text(JsonObject body, String field) {
        String text = body.getString(field);
        if (text != null
                && text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw Problem.invalid(field + ": must be text without unpaired surrogates");
        }
        return text;
    }

    /** A text of the body that the contract requires. */
    static String requiredText(RoutingContext context, String field) {
        return requiredText(body(context), field);
    }

    static String requiredText(JsonObject body, String field) {
        String text = text(body, field);
        if (text == null) {
            throw Problem.invalid(field + ": is missing");
        }
        return text;
    }

    /** The {@code id} in the path. */
    static String id(RoutingContext context) {
        RequestParameter id = validated(context).getPathParameters().get("id");
        return String.valueOf(id == null ? null : id.getString());
    }

    /** A parameter of the query; null when it is not there. */
    static @Nullable String query(RoutingContext context, String name) {
        RequestParameter value = validated(context).getQuery().get(name);
        return value == null || value.isNull() ? null : value.getString();
    }
}
