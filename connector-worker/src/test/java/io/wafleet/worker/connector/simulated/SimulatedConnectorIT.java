package io.wafleet.worker.connector.simulated;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.health.Health;
import io.wafleet.settings.Settings;
import io.wafleet.simulator.SimulatorRole;
import io.wafleet.simulator.SimulatorSettings;
import io.wafleet.worker.connector.ConnectRequest;
import io.wafleet.worker.connector.ConnectionListener.Closed;
import io.wafleet.worker.connector.ConnectionListener.QrShown;
import io.wafleet.worker.connector.Connector;
import io.wafleet.worker.connector.ConnectorContract;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.connector.Heard;
import io.wafleet.worker.connector.KeepAlive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The simulated connector keeps the contract against the real simulator. */
class SimulatedConnectorIT extends ConnectorContract {
    private static SimulatorRole simulator;
    private static HttpClient http;

    private final SimulatedConnector connector = new SimulatedConnector(
            new SimulatedConnectorSettings(URI.create("ws://127.0.0.1:" + simulator.port() + "/ws")),
            new KeepAlive.Timing(Duration.ofSeconds(25), Duration.ofSeconds(90)), System::nanoTime,
            new SimpleMeterRegistry());

    @BeforeAll
    static void start() {
        http = HttpClient.newHttpClient();
        simulator = SimulatorRole.start(SimulatorSettings.from(Settings.of(Map.of("simulator.port", "0"))),
                new SimpleMeterRegistry(), new Health());
    }

    @AfterAll
    static void stop() {
        simulator.close();
        http.close();
    }

    @AfterEach
    void disconnect() {
        connector.close();
    }

    @Override
    protected Connector connector() {
        return connector;
    }

    @Override
    protected People people() {
        return new SimulatedPeople();
    }

    private static JsonNode call(String method, String path, Map<String, ?> body) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + simulator.port() + path))
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofByteArray(JsonCodec.encode(body))).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as("%s %s: %s", method, path, response.body()).isEqualTo(200);
            return JsonCodec.mapper().readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Speaks to the simulator's control API. */
    private static final class SimulatedPeople implements People {
        @Override
        public void scan(AccountId account, PhoneNumber phone) {
            call("POST", "/api/phones/" + phone.digits() + "/scan", Map.of("account", account.value()));
        }

        @Override
        public void type(PhoneNumber phone, String code) {
            call("POST", "/api/phones/" + phone.digits() + "/pairing-code", Map.of("code", code));
        }

        @Override
        public void write(PhoneNumber from, PhoneNumber to, String text) {
            call("POST", "/api/phones/" + from.digits() + "/messages", Map.of("to", to.digits(), "text", text));
        }

        @Override
        public void removeDevice(PhoneNumber phone) {
            call("DELETE", "/api/phones/" + phone.digits() + "/devices", Map.of());
        }

        @Override
        public void unregister(PhoneNumber phone) {
            call("PATCH", "/api/phones/" + phone.digits(), Map.of("registered", false));
        }

        @Override
        public List<MessageId> receivedFrom(PhoneNumber phone) {
            List<MessageId> ids = new ArrayList<>();
            call("GET", "/api/ledger/messages?phone=" + phone.digits(), Map.of()).path("items")
                    .forEach(m -> ids.add(new MessageId(m.path("id").asString())));
            return ids;
        }
    }

    @Test
    void simulatorThatIsNotThereIsAClosedConnection() {
        try (SimulatedConnector lonely = new SimulatedConnector(
                new SimulatedConnectorSettings(URI.create("ws://127.0.0.1:1/ws")),
                new KeepAlive.Timing(Duration.ofSeconds(25), Duration.ofSeconds(90)), System::nanoTime,
                new SimpleMeterRegistry())) {
            Heard heard = new Heard();
            lonely.open(new ConnectRequest(new AccountId("a"), new PhoneNumber("+40712345678"), Credentials.NONE),
                    heard);

            assertThat(heard.first(Closed.class).code()).isNull();
        }
    }

    @Test
    void thousandConnectionsShareAFewThreads() {
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Heard heard = new Heard();
            all.add(heard);
            connector.open(new ConnectRequest(new AccountId("account_test_many_" + i),
                    new PhoneNumber("+40712345678"), Credentials.NONE), heard);
        }
        all.forEach(heard -> heard.first(QrShown.class));

        long ours = Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("simulated-connector")).count();
        assertThat(ours).isLessThanOrEqualTo(5);
    }

    @Test
    void closedConnectorEndsItsConnectionsAndOpensNoMore() {
        Heard before = new Heard();
        ConnectRequest request = new ConnectRequest(new AccountId("account_test_closing"),
                new PhoneNumber("+40712345678"), Credentials.NONE);
        connector.open(request, before);
        before.first(QrShown.class);

        connector.close();
        Heard after = new Heard();
        connector.open(request, after);

        assertThat(before.all(Closed.class)).isEmpty();
        assertThat(after.all()).isEmpty();
    }
}
