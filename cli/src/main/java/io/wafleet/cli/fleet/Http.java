package io.wafleet.cli.fleet;

import io.wafleet.contract.JsonCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** Calls over HTTP, as curl would make them. Thread-safe. */
public final class Http implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();

    /**
     * An answer.
     *
     * @param status 0 when there was none: the body says why
     * @param headers by name in lower case; of several with one name the first
     */
    public record Answer(int status, String body, Map<String, String> headers) {
        private static Answer none(String why) {
            return new Answer(0, why, Map.of());
        }

        public JsonNode json() {
            return JsonCodec.mapper().readTree(body);
        }

        /**
         * The body of a 200.
         *
         * @throws FleetException for any other answer
         */
        public JsonNode ok() {
            if (status != 200) {
                throw new FleetException("answered " + status + ": " + body);
            }
            return json();
        }
    }

    public Answer get(String url, String... headers) {
        return call(request(url, headers).GET());
    }

    public Answer post(String url, String json, String... headers) {
        return call(request(url, headers).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** A POST that nobody waits for; never completes exceptionally. */
    public CompletableFuture<Answer> postAsync(String url, String json, String... headers) {
        HttpRequest request = request(url, headers).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)).build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).handle(
                (response, failure) -> failure == null
                        ? answer(response)
                        : Answer.none(String.valueOf(failure.getMessage())));
    }

    public Answer delete(String url, String... headers) {
        return call(request(url, headers).DELETE());
    }

    private static HttpRequest.Builder request(String url, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT);
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    private Answer call(HttpRequest.Builder request) {
        try {
            return answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Answer.none(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Answer.none("interrupted");
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers().map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new Answer(response.statusCode(), response.body(), Map.copyOf(headers));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
