package io.wafleet.health;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class HealthServerTest {
    private final AtomicBoolean ready = new AtomicBoolean();
    private final HttpClient client = HttpClient.newHttpClient();
    private HealthServer server;

    @BeforeEach
    void start() {
        server = HealthServer.start("127.0.0.1", 0, new Health().readyWhen("kafka", ready::get), Metrics.registry());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private HttpResponse<String> call(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return client.send(HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void isAliveAsLongAsItAnswers() throws Exception {
        assertThat(call("GET", "/livez").statusCode()).isEqualTo(200);
        assertThat(call("HEAD", "/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void isReadyWhenEveryCheckIs() throws Exception {
        HttpResponse<String> not = call("GET", "/readyz");
        assertThat(not.statusCode()).isEqualTo(503);
        assertThat(not.body()).isEqualTo("{\"status\":\"not_ready\",\"checks\":{\"kafka\":false}}");
        ready.set(true);
        HttpResponse<String> now = call("GET", "/readyz");
        assertThat(now.statusCode()).isEqualTo(200);
        assertThat(now.body()).isEqualTo("{\"status\":\"ready\",\"checks\":{\"kafka\":true}}");
    }

    @Test
    void givesMetricsInPrometheusFormat() throws Exception {
        HttpResponse<String> metrics = call("GET", "/metrics");
        assertThat(metrics.headers().firstValue("Content-Type")).hasValueSatisfying(t -> assertThat(t)
                .startsWith("text/plain; version=0.0.4"));
        assertThat(metrics.body()).contains("# TYPE jvm_memory_used_bytes gauge");
    }

    @Test
    void refusesOtherPathsAndMethods() throws Exception {
        assertThat(call("GET", "/livez/x").statusCode()).isEqualTo(404);
        assertThat(call("GET", "/").statusCode()).isEqualTo(404);
        assertThat(call("POST", "/readyz").statusCode()).isEqualTo(405);
    }

    @Test
    void namesTheBusyPort() {
        assertThatThrownBy(() -> HealthServer.start("127.0.0.1", server.port(), new Health(), Metrics.registry()))
                .isInstanceOf(PortBusyException.class).hasMessageContaining(Integer.toString(server.port()));
    }
}
