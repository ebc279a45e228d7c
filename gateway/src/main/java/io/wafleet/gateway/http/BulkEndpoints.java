package io.wafleet.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.gateway.desk.MessageDesk;
import io.wafleet.gateway.request.SendAnswer;
import io.wafleet.gateway.request.SendOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts many messages in one request. Each is accepted or refused by itself, as if it had come alone with {@code respond-async};
 * they are written in their order, so that the order of each chat is that of the list.
 */
final class BulkEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(BulkEndpoints.class);

    private final EventLoop loop;
    private final MessageEndpoints messages;
    private final MessageDesk desk;
    private final ItemRules rules;
    private final MeterRegistry metrics;

    BulkEndpoints(EventLoop loop, MessageEndpoints messages, MessageDesk desk, ItemRules rules,
            MeterRegistry metrics) {
        this.loop = loop;
        this.messages = messages;
        this.desk = desk;
        this.rules = rules;
        this.metrics = metrics;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("sendMessages", this::send);
    }

    /** How one of them ended, as it is shown. */
    private record Result(boolean isAccepted, Map<String, @Nullable Object> shown) {}

    private Future<Answer> send(RoutingContext context) {
        if (context.request().getHeader("Idempotency-Key") != null) {
            throw Problem.invalid("Idempotency-Key: must be given as idempotencyKey of each message here");
        }
        JsonArray items = Endpoint.body(context).getJsonArray("messages");
        // Aside: rules of a thousand messages take longer than an event loop should.
        return loop.beside(() -> ask(items)).compose(asked -> loop.resume(all(asked))).map(BulkEndpoints::answer);
    }

    private List<CompletableFuture<Result>> ask(JsonArray items) {
        List<CompletableFuture<Result>> asked = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            int index = i;
            asked.add(ask(items.getValue(i)).thenApply(end -> result(index, end))
                    .exceptionally(e -> refused(index, problem(e))).toCompletableFuture());
        }
        return asked;
    }

    private CompletionStage<SendAnswer> ask(@Nullable Object item) {
        try {
            JsonObject body = rules.body(item);
            SendOrder order = messages.order(body, rules.key(item), true);
            return desk.send(order);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** A fault of ours too is one item's: those before it are written already, and would be sent again with the list. */
    private static Problem problem(Throwable failure) {
        if (failure instanceof CompletionException e && e.getCause() instanceof Problem problem) {
            return problem;
        }
        LOG.error("a message of many failed", failure);
        return Problem.of(500, "internal_error", "The gateway failed over this message; its log says why");
    }

    private Result result(int index, SendAnswer end) {
        return end instanceof SendAnswer.Kept kept
                ? kept(index, kept)
                : refused(index, MessageEndpoints.problem(end));
    }

    private Result kept(int index, SendAnswer.Kept kept) {
        boolean isAccepted = !MessageEndpoints.hasEndedUnsent(kept);
        count(isAccepted ? "accepted" : "ended");
        Map<String, @Nullable Object> shown = Answer.fields("index", index, "httpStatus",
                MessageEndpoints.acceptedStatus(kept));
        shown.putAll(MessageEndpoints.kept(kept));
        return new Result(isAccepted, shown);
    }

    private Result refused(int index, Problem problem) {
        count(problem.code());
        Map<String, @Nullable Object> shown = Answer.fields("index", index, "httpStatus", problem.status(), "success",
                false);
        shown.putAll(problem.fields());
        return new Result(false, shown);
    }

    /** Codes are of a fixed set. */
    private void count(String result) {
        metrics.counter("wafleet.gateway.bulk.messages", "result", result).increment();
    }

    private static CompletionStage<List<Result>> all(List<CompletableFuture<Result>> asked) {
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(_ -> asked.stream().map(CompletableFuture::join).toList());
    }

    private static Answer answer(List<Result> results) {
        long accepted = results.stream().filter(Result::isAccepted).count();
        Map<String, @Nullable Object> body = new LinkedHashMap<>(Answer.fields("success", true));
        body.put("accepted", accepted);
        body.put("refused", results.size() - accepted);
        body.put("results", results.stream().map(Result::shown).toList());
        return Answer.json(200, body);
    }
}
