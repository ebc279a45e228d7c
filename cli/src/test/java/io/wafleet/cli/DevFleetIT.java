package io.wafleet.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.JsonCodec;
import io.wafleet.health.Health;
import io.wafleet.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The walk-through of the README, on the whole fleet in one process. */
final class DevFleetIT {
    private static final String ID = "account_prod_cd7b11e308a59fd9ab810bce5faf8393";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path dataDir;
    private final HttpClient http = HttpClient.newHttpClient();
    private DevFleet fleet;

    @AfterEach
    void stops() {
        if (fleet != null) {
            fleet.close();
        }
        http.close();
    }

    @Test
    void anAccountIsAddedScannedAndHeardAndStaysConnectedOverARestart() throws Exception {
        start();
        connectAndSayHello();
        assertThat(get("simulated phone", "/api/ledger/messages?phone=40712345678")).contains("\"Hello\"");

        fleet.close();
        start();
        await().atMost(PATIENCE).until(this::isConnected);
        assertThat(get("simulated phone", "/api/ledger/connections?phone=40712345678")).doesNotContain("\"code\":401");
    }

    @Test
    void bothSidesOfAConversationAreRead() {
        start();
        connectAndSayHello();
        post("simulated phone", "/api/phones/40722000111/messages",
                "{\"to\":\"40712345678\",\"text\":\"Good morning\",\"senderName\":\"Ana\"}");
        String messages = "/api/whatsapp/messages/" + ID + "/40722000111";
        await().atMost(PATIENCE).until(() -> get("gateway", messages),
                all -> all.contains("\"Good morning\"") && all.contains("\"Hello\""));
        assertThat(get("gateway", "/api/whatsapp/threads/" + ID)).contains("\"displayName\":\"Ana\"",
                "\"lastMessagePreview\":\"Good morning\"", "\"unreadCount\":1");
        assertThat(get("gateway", "/api/whatsapp/search/" + ID + "?q=morning")).contains("\"count\":1");
    }

    private void connectAndSayHello() {
        String added = post("gateway", "/api/whatsapp/add-account", "{\"name\":\"Shop\",\"phone\":\"0712 345 678\"}");
        assertThat(added).contains(ID);
        await().atMost(PATIENCE).until(() -> send("simulated phone", "/api/phones/40712345678/scan",
                "{\"account\":\"" + ID + "\"}").statusCode() == 200);
        await().atMost(PATIENCE).until(this::isConnected);
        String sent = post("gateway", "/api/whatsapp/send-message",
                "{\"accountId\":\"" + ID + "\",\"to\":\"0722 000 111\",\"message\":\"Hello\"}");
        assertThat(sent).contains("\"status\":\"sent\"");
    }

    private void start() {
        Settings settings = Settings.of(Map.of("data.dir", dataDir.toString(), "http.port", "0", "simulator.port", "0",
                "partitions", "16", "send.wait", "30s"));
        fleet = DevFleet.start(settings, DevSettings.from(settings), new SimpleMeterRegistry(), new Health());
        await().atMost(PATIENCE).until(this::isShared);
    }

    /** The worker that is there first has all partitions at first, and hands half of them over; nobody acts for those meanwhile. */
    private boolean isShared() {
        JsonNode fleetNow = JsonCodec.mapper().readTree(get("gateway", "/api/fleet"));
        return fleetNow.at("/partitions/withoutOwner").isEmpty()
                && fleetNow.path("workers").valueStream().map(w -> w.path("partitions").size()).toList()
                        .equals(List.of(8, 8));
    }

    private boolean isConnected() {
        return get("gateway", "/api/whatsapp/accounts/" + ID).contains("\"status\":\"connected\"");
    }

    private String get(String where, String path) {
        return call(HttpRequest.newBuilder(URI.create(fleet.addresses().get(where) + path)).build()).body();
    }

    private String post(String where, String path, String body) {
        HttpResponse<String> answer = send(where, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> send(String where, String path, String body) {
        return call(HttpRequest.newBuilder(URI.create(fleet.addresses().get(where) + path))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private HttpResponse<String> call(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
