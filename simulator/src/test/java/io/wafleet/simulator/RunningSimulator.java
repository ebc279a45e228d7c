package io.wafleet.simulator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.health.Health;
import io.wafleet.settings.Settings;
import io.wafleet.simulator.ledger.LedgerSummary;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A simulator on a free port, and a person who uses its control API. */
final class RunningSimulator implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final SimulatorRole role;

    RunningSimulator(Map<String, String> settings) {
        Map<String, String> given = new HashMap<>(settings);
        given.put("simulator.port", "0");
        role = SimulatorRole.start(SimulatorSettings.from(Settings.of(given)), new SimpleMeterRegistry(),
                new Health());
    }

    int port() {
        return role.port();
    }

    SimulatorClient connect() {
        return new SimulatorClient(http, port());
    }

    /** Pairs an account with a phone, up to the close with 515. */
    ServerFrame.Paired pair(String account, PhoneNumber phone) throws Exception {
        SimulatorClient client = connect();
        client.say(new ClientFrame.Pair(account)).hear(ServerFrame.Qr.class);
        ok("POST", "/api/phones/" + phone.digits() + "/scan", "{\"account\":\"" + account + "\"}");
        ServerFrame.Paired paired = client.hear(ServerFrame.Paired.class);
        client.hear(ServerFrame.Close.class);
        client.closeStatus();
        return paired;
    }

    /** Logs a paired account in. */
    SimulatorClient login(String account, ServerFrame.Paired paired) throws InterruptedException {
        SimulatorClient client = connect();
        client.say(new ClientFrame.Login(account, paired.phone(), paired.generation(), paired.token()))
                .hear(ServerFrame.Open.class);
        return client;
    }

    static ClientFrame.Send text(String id, PhoneNumber to, long counter, String text) {
        return new ClientFrame.Send(new MessageId(id), Chat.of(to), counter, new Content.Text(text));
    }

    HttpResponse<String> call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    JsonNode ok(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = call(method, path, body);
        if (response.statusCode() != 200) {
            throw new AssertionError(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return JsonCodec.mapper().readTree(response.body());
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return ok("GET", path, "");
    }

    LedgerSummary summary() throws IOException, InterruptedException {
        return JsonCodec.mapper().readValue(call("GET", "/api/ledger/summary", "").body(), LedgerSummary.class);
    }

    @Override
    public void close() {
        role.close();
        http.shutdownNow();
    }
}
