package io.wafleet.worker.connector.simulated;

import io.wafleet.worker.keeping.MediaGoneException;
import io.wafleet.worker.keeping.MediaOrigin;
import io.wafleet.worker.keeping.Wanted;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Brings media from the simulator that the connector speaks to. Never from the address in the message: its sender wrote that, and could name
 * anything that only the worker's network reaches. Thread-safe.
 */
public final class SimulatedMediaOrigin implements MediaOrigin {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER).build();
    private final String base;

    public SimulatedMediaOrigin(SimulatedConnectorSettings settings) {
        URI webSocket = settings.uri();
        this.base = (webSocket.getScheme().equals("wss") ? "https" : "http") + "://" + webSocket.getRawAuthority()
                + "/media/";
    }

    @Override
    public InputStream open(Wanted wanted) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + wanted.media().sha256())).timeout(ANSWER)
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() == OK) {
                return response.body();
            }
            response.body().close();
            if (response.statusCode() == NOT_FOUND || response.statusCode() == GONE) {
                throw new MediaGoneException("WhatsApp has it no more");
            }
            throw new IOException("WhatsApp answered " + response.statusCode());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the worker ends");
        }
    }
}
