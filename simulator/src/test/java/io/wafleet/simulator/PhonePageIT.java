package io.wafleet.simulator;

import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the simulated phone's page is made of. */
class PhonePageIT {
    private static final PhoneNumber OURS = new PhoneNumber("+40712345678");

    private final RunningSimulator simulator = new RunningSimulator(Map.of());

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void isServedWithoutAnyOtherHost() throws Exception {
        HttpResponse<String> page = simulator.call("GET", "/", "");

        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
                policy -> assertThat(policy).startsWith("default-src 'none'").doesNotContain("http"));
        for (String path : new String[]{"/", "/phone.js", "/phone.css"}) {
            HttpResponse<String> part = simulator.call("GET", path, "");
            assertThat(part.statusCode()).isEqualTo(200);
            assertThat(part.body()).doesNotContain("https://").doesNotContain("innerHTML");
        }
    }

    @Test
    void drawsTheQrThatIsShownNow() throws Exception {
        SimulatorClient client = simulator.connect();
        client.say(new ClientFrame.Pair("account_a")).hear(ServerFrame.Qr.class);
        JsonNode pairing = simulator.get("/api/pairings").get("pairings").get(0);

        HttpResponse<String> svg = simulator.call("GET", "/api/pairings/" + pairing.get("connection").asLong()
                + "/qr.svg", "");

        assertThat(svg.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
        assertThat(svg.body()).startsWith("<svg ").contains("<path d=\"M");
    }

    @Test
    void hearsOfMessagesAsTheyCome() throws Exception {
        ServerFrame.Paired paired = simulator.pair("account_a", OURS);
        SimulatorClient client = simulator.login("account_a", paired);
        HttpRequest events = HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + simulator.port() + "/api/events?phone=%2B40787654321"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(http.send(events, HttpResponse.BodyHandlers.ofInputStream()).body(),
                                StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("retry: 1000");
            client.say(RunningSimulator.text("3EB0A", new PhoneNumber("+40787654321"), 1, "hello"));
            String line = lines.readLine();
            while (!line.startsWith("data: ")) {
                line = lines.readLine();
            }
            assertThat(line).isEqualTo(
                    "data: {\"type\":\"chat\",\"phone\":\"+40787654321\",\"chat\":\"40712345678@s.whatsapp.net\"}");
            http.shutdownNow();
        }
        assertThat(simulator.get("/api/phones/40787654321/chats").get("chats").get(0).get("unread").asInt())
                .isEqualTo(1);
        assertThat(simulator.get("/api/phones/40787654321/chats/40712345678@s.whatsapp.net").get("messages").get(0)
                .get("text").asString()).isEqualTo("hello");
    }
}
