package io.wafleet.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.wafleet.contract.JsonCodec;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * Serves {@code /livez}, {@code /readyz} and {@code /metrics} (Prometheus text) on a port of its own, by the JDK's HTTP server.
 */
public final class HealthServer implements AutoCloseable {
    private final HttpServer server;

    private HealthServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts serving.
     *
     * @param port 0 takes a free one
     * @throws PortBusyException when the port is taken
     */
    public static HealthServer start(String host, int port, Health health, PrometheusMeterRegistry metrics) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
            server.createContext("/livez", get(e -> send(e, 200, "application/json", "{\"status\":\"ok\"}")));
            server.createContext("/readyz", get(e -> {
                Map<String, Boolean> checks = health.readiness();
                boolean ready = !checks.containsValue(false);
                Map<String, Object> body = new LinkedHashMap<>();
                body.put("status", ready ? "ready" : "not_ready");
                body.put("checks", checks);
                send(e, ready ? 200 : 503, "application/json", JsonCodec.text(body));
            }));
            server.createContext("/metrics",
                    get(e -> send(e, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape())));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return new HealthServer(server);
        } catch (BindException _) {
            throw new PortBusyException(host, port);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static HttpHandler get(HttpHandler handler) {
        return exchange -> {
            try (exchange) {
                String path = exchange.getHttpContext().getPath();
                if (!exchange.getRequestURI().getPath().equals(path)) {
                    send(exchange, 404, "application/json", "{\"error\":\"no such path\"}");
                } else if (!exchange.getRequestMethod().equals("GET") && !exchange.getRequestMethod().equals("HEAD")) {
                    send(exchange, 405, "application/json", "{\"error\":\"only GET\"}");
                } else {
                    handler.handle(exchange);
                }
            }
        };
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
