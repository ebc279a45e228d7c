package io.wafleet.simulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes of media go over HTTP, there and back. */
final class MediaIT {
    private final RunningSimulator simulator = new RunningSimulator(Map.of());
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.close();
        simulator.close();
    }

    private JsonNode upload(String type, byte[] bytes) throws Exception {
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + simulator.port() + "/media"))
                        .header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return io.wafleet.contract.JsonCodec.mapper().readTree(answer.body());
    }

    private HttpResponse<byte[]> download(JsonNode uploaded) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(uploaded.get("url").asString())).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void whatWasUploadedIsThereByteForByte() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new java.util.Random(1).nextBytes(bytes);
        JsonNode uploaded = upload("image/png", bytes);
        assertThat(uploaded.at("/media/sizeBytes").asInt()).isEqualTo(bytes.length);
        HttpResponse<byte[]> back = download(uploaded);
        assertThat(back.body()).isEqualTo(bytes);
        assertThat(back.headers().firstValue("content-type")).hasValue("image/png");
    }

    @Test
    void whatMayHoldScriptsIsNeverShown() throws Exception {
        HttpResponse<byte[]> back = download(upload("text/html", "<script>alert(1)</script>".getBytes("UTF-8")));
        assertThat(back.headers().firstValue("content-type")).hasValue("application/octet-stream");
        assertThat(back.headers().firstValue("content-disposition")).hasValue("attachment");
        assertThat(back.headers().firstValue("content-security-policy").orElse("")).contains("sandbox");
    }
}
