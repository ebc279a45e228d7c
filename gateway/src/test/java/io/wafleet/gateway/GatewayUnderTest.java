package io.wafleet.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.contract.JsonCodec;
import io.wafleet.gateway.http.ContractCheck;
import io.wafleet.health.Health;
import io.wafleet.health.Metrics;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A real gateway on a free port, and a client for it that checks each answer against the contract. */
final class GatewayUnderTest implements AutoCloseable {
    private final Health health = new Health();
    private final MeterRegistry metrics = Metrics.registry();
    private final GatewayRole role;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ContractCheck contract = ContractCheck.open();

    /**
     * An answer.
     *
     * @param json the body, when it is JSON
     */
    record Got(int status, HttpResponse<byte[]> response, @Nullable JsonNode json) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String text() {
            return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
        }

        JsonNode at(String pointer) {
            return java.util.Objects.requireNonNull(json, "body is no JSON").at(pointer);
        }
    }

    private GatewayUnderTest(KafkaSettings kafka, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(Map.of("http.port", "0", "kafka.bootstrap", kafka.bootstrapServers(),
                "topic.prefix", kafka.topicPrefix(), "partitions", Integer.toString(kafka.partitions()),
                "shutdown.grace", "2s"));
        all.putAll(options);
        Settings settings = Settings.of(all);
        GatewaySettings gateway = GatewaySettings.from(settings);
        settings.check();
        this.role = GatewayRole.start(gateway, metrics, health);
    }

    /** Ready: its views are caught up. */
    static GatewayUnderTest start(KafkaSettings kafka, Map<String, String> options) {
        GatewayUnderTest gateway = new GatewayUnderTest(kafka, options);
        Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20))
                .until(gateway.health::isReady);
        return gateway;
    }

    /** Waits until the gateway knows a live owner for every partition. */
    GatewayUnderTest awaitOwners() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(20))
                .until(() -> get("/api/fleet").at("/partitions/withoutOwner").isEmpty());
        return this;
    }

    /** Waits until the gateway shows the account with this status. */
    void awaitStatus(String account, String status) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(20)).until(
                () -> get("/api/whatsapp/accounts/" + account).at("/account/status").asString("").equals(status));
    }

    int port() {
        return role.port();
    }

    GatewayRole role() {
        return role;
    }

    MeterRegistry metrics() {
        return metrics;
    }

    Got get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Got post(String path, @Nullable String json, String... headers) {
        return send("POST", path, json, headers);
    }

    /** With a body it says that it is JSON, unless the headers say otherwise. */
    Got send(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        Map<String, String> all = new HashMap<>();
        if (body != null) {
            all.put("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            String type = response.headers().firstValue("content-type").orElse("");
            contract.check(method, path, response);
            return new Got(response.statusCode(), response,
                    type.equals("application/json") && !method.equals("HEAD")
                            ? JsonCodec.mapper().readTree(response.body())
                            : null);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        role.close();
        client.close();
        contract.close();
    }
}
