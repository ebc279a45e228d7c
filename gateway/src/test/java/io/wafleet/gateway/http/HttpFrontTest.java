package io.wafleet.gateway.http;

import io.vertx.core.json.JsonObject;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.gateway.desk.Publisher.Publication;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What requests meet before and in their endpoints, without a broker. */
final class HttpFrontTest {
    private static final String BULK = "/api/whatsapp/send-messages";
    private static final String ITEM = "{\"accountId\":\"shop\",\"to\":\"0722000111\",\"message\":\"%s\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpFront front = ContractTest.start((_, _, record) -> {
        if (((OutboxRequest.Send) record).content().toString().contains("[7 characters]")) {
            throw new IllegalStateException("a defect, for the test");
        }
        return CompletableFuture.completedStage(Publication.CONFIRMED);
    });

    @AfterEach
    void stop() {
        client.close();
        front.close(Duration.ofSeconds(1));
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + path))
                .header("Content-Type", type).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> bulk(String path, String... items) throws Exception {
        return post(path, "application/json", "{\"messages\":[" + String.join(",", items) + "]}");
    }

    @Test
    void aMessageOverWhichTheGatewayFailsHidesNoOther() throws Exception {
        HttpResponse<String> got = bulk(BULK, ITEM.formatted("one"), ITEM.formatted("failing"), ITEM.formatted("two"));
        JsonObject body = new JsonObject(got.body());
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(body.getJsonArray("results").stream().map(r -> ((JsonObject) r).getInteger("httpStatus")))
                .containsExactly(202, 500, 202);
        assertThat(body.getJsonArray("results").getJsonObject(1).getString("code")).isEqualTo("internal_error");
        assertThat(body.getInteger("accepted")).isEqualTo(2);
        assertThat(got.body()).doesNotContain("for the test");
    }

    @Test
    void aSlashAtTheEndGoesRoundNoRule() throws Exception {
        assertThat(post("/api/whatsapp/send-message/", "text/plain", "{}").statusCode()).isEqualTo(415);
        assertThat(post("/api/whatsapp/send%2Dmessage", "text/plain", "{}").statusCode()).isEqualTo(415);
        assertThat(bulk(BULK + "/", ITEM.formatted("x".repeat(1500))).statusCode()).isEqualTo(200);
        HttpResponse<String> got = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + BULK + "/")).build(),
                BodyHandlers.ofString());
        assertThat(got.statusCode()).isEqualTo(405);
        assertThat(got.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void bodiesThatDoNotFitTogetherAreAnsweredBusyUntilOthersEnd() throws Exception {
        try (Socket _ = announce(2048)) {
            try (Socket _ = announce(2000)) {
                awaitBulk(503);
                HttpResponse<String> busy = bulk(BULK, ITEM.formatted("one"));
                assertThat(new JsonObject(busy.body()).getString("code")).isEqualTo("busy");
                assertThat(busy.headers().firstValue("Retry-After")).hasValue("1");
            }
            awaitBulk(200);
        }
    }

    private void awaitBulk(int status) {
        Awaitility.await().atMost(Duration.ofSeconds(10))
                .until(() -> bulk(BULK, ITEM.formatted("one")).statusCode() == status);
    }

    @Test
    void bodiesThatAreAnsweredLeaveNothingBehind() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(bulk(BULK, ITEM.formatted("x".repeat(1500))).statusCode()).isEqualTo(200);
            assertThat(post(BULK, "application/json", "x".repeat(2049)).statusCode()).isEqualTo(413);
            assertThat(post(BULK, "application/json", "x".repeat(2000)).statusCode()).isEqualTo(400);
        }
    }

    /** A request whose body does not come. */
    private Socket announce(int bytes) throws IOException {
        Socket socket = new Socket("127.0.0.1", front.port());
        socket.getOutputStream().write(("POST " + BULK + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + bytes + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
