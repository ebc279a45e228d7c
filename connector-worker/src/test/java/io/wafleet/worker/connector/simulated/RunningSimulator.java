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
import io.wafleet.worker.connector.ConnectorContract;
import io.wafleet.worker.connector.KeepAlive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The real simulator on a free port, and the people who use its phones. */
public final class RunningSimulator implements ConnectorContract.People, AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final SimulatorRole role;

    public RunningSimulator() {
        this(Map.of());
    }

    /**
     * @param settings by key, beside the port
     */
    public RunningSimulator(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("simulator.port", "0");
        role = SimulatorRole.start(SimulatorSettings.from(Settings.of(all)), new SimpleMeterRegistry(), new Health());
    }

    public SimulatedConnector connector(KeepAlive.Timing timing) {
        return connector(timing, () -> true);
    }

    /**
     * @param mayAct whether it may log in, send and ack
     */
    SimulatedConnector connector(KeepAlive.Timing timing, BooleanSupplier mayAct) {
        URI uri = URI.create("ws://127.0.0.1:" + role.port() + "/ws");
        return new SimulatedConnector(new SimulatedConnectorSettings(uri), timing, System::nanoTime, mayAct,
                new SimpleMeterRegistry());
    }

    private JsonNode call(String method, String path, Map<String, ?> body) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + role.port() + path))
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

    /** Messages of this phone's account that their recipients could not read. */
    public long undecryptable(PhoneNumber phone) {
        return call("GET", "/api/ledger/messages?phone=" + phone.digits(), Map.of()).path("items").valueStream()
                .filter(m -> m.path("undecryptable").asBoolean()).count();
    }

    @Override
    public void close(PhoneNumber phone, int code) {
        call("POST", "/api/faults", Map.of("kind", "close", "of", List.of(phone.e164()), "code", code));
    }

    @Override
    public void drop(PhoneNumber phone) {
        call("POST", "/api/faults", Map.of("kind", "drop", "of", List.of(phone.e164())));
    }

    /** A fault, as the control API writes it. */
    public void fault(Map<String, ?> fault) {
        call("POST", "/api/faults", fault);
    }

    /** Whether an account is linked to the phone. */
    public boolean hasDevice(PhoneNumber phone) {
        return call("GET", "/api/phones/" + phone.digits(), Map.of()).hasNonNull("account");
    }

    /** How many connections the account has made so far. */
    public int connections(AccountId account) {
        return call("GET", "/api/ledger/connections?account=" + account.value(), Map.of()).path("items").size();
    }

    /** Does not wait for connections that were cut: their end is waited for in vain, by the minute. */
    @Override
    public void close() {
        http.shutdownNow();
        Thread closing = Thread.ofPlatform().daemon().start(role::close);
        try {
            closing.join(CLOSING);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
