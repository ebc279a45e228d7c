package io.wafleet.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.health.Health;
import java.util.Map;

/** What those who run the gateway ask it. */
final class OperationEndpoints {
    private final EventLoop loop;
    private final Health health;
    private final MeterRegistry metrics;
    private final Buffer contract;

    /**
     * @param contract the document itself
     */
    OperationEndpoints(EventLoop loop, Health health, MeterRegistry metrics, Buffer contract) {
        this.loop = loop;
        this.health = health;
        this.metrics = metrics;
        this.contract = contract;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("livez", Endpoint.now(_ -> Answer.json(200, Map.of("status", "ok"))), "readyz",
                Endpoint.now(this::readyz), "metrics", this::metrics, "contract",
                Endpoint.now(_ -> Answer.of("application/yaml", contract)));
    }

    private Answer readyz(RoutingContext context) {
        Map<String, Boolean> checks = health.readiness();
        boolean ready = !checks.containsValue(false);
        return Answer.json(ready ? 200 : 503,
                Answer.fields("status", ready ? "ready" : "not_ready", "checks", checks));
    }

    private Future<Answer> metrics(RoutingContext context) {
        return loop.aside(() -> Answer.of("text/plain; version=0.0.4; charset=utf-8",
                Buffer.buffer(metrics instanceof PrometheusMeterRegistry prometheus ? prometheus.scrape() : "")));
    }
}
