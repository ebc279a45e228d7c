package io.wafleet.acceptance;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

import static org.awaitility.Awaitility.await;

/** A fleet of separate processes: simulator, gateway, workers and outbox on a broker of its own or a given one. */
final class Fleet implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, FleetProcess> processes = new LinkedHashMap<>();
    private final int gatewayPort = freePort();
    private final int simulatorPort = freePort();

    /**
     * @param directory for logs and data
     * @param more further settings by environment variable
     */
    Fleet(Path directory, int brokerPort, int partitions, Map<String, String> more) {
        this.directory = directory;
        environment.put("WAFLEET_KAFKA_BOOTSTRAP", "127.0.0.1:" + brokerPort);
        environment.put("WAFLEET_BROKER_PORT", Integer.toString(brokerPort));
        environment.put("WAFLEET_DATA_DIR", directory.resolve("broker").toString());
        environment.put("WAFLEET_PARTITIONS", Integer.toString(partitions));
        environment.put("WAFLEET_SIMULATOR_URL", "ws://127.0.0.1:" + simulatorPort + "/ws");
        environment.put("WAFLEET_SIMULATOR_PORT", Integer.toString(simulatorPort));
        environment.put("WAFLEET_HTTP_PORT", Integer.toString(gatewayPort));
        environment.put("WAFLEET_CONNECT_RATE", "0");
        environment.put("WAFLEET_PACING_BURST", "1000");
        environment.put("WAFLEET_PACING_INTERVAL", "1ms");
        environment.put("WAFLEET_OUTBOX_STATE_DIR", directory.resolve("outbox").toString());
        environment.put("WAFLEET_CREDENTIAL_KEYS_FILE", directory.resolve("keys.json").toString());
        environment.putAll(more);
    }

    /** Broker, topics, keys, simulator, outbox, gateway and two workers; returns when every partition has an owner. */
    void startAll(Http http) {
        start("broker", "broker");
        await().atMost(PATIENCE).until(() -> run("topics", "topics").exitCode() == 0);
        Path keys = Path.of(environment.get("WAFLEET_CREDENTIAL_KEYS_FILE"));
        try {
            Files.writeString(keys, run("keys", "keys").output());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        start("simulator", "simulator");
        start("outbox", "outbox");
        start("gateway", "gateway");
        startWorker("worker-1");
        startWorker("worker-2");
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> isOwned(http, 2));
    }

    FleetProcess startWorker(String id) {
        return start(id, "worker", "--worker-id", id);
    }

    private boolean isOwned(Http http, int workers) {
        Http.Answer answer = http.get(gateway("/api/fleet"));
        return answer.status() == 200 && answer.json().path("workers").size() == workers
                && answer.json().path("partitions").path("withoutOwner").isArray()
                && answer.json().path("partitions").path("withoutOwner").isEmpty();
    }

    /** Adds so many accounts over HTTP, scans each one's QR, and waits until all are connected; their phones by id. */
    Map<String, String> pair(Http http, int accounts) {
        Map<String, String> phones = new LinkedHashMap<>();
        for (int i = 0; i < accounts; i++) {
            String phone = "407123%05d".formatted(i);
            Http.Answer added = http.post(gateway("/api/whatsapp/add-account"),
                    "{\"name\":\"Account %d\",\"phone\":\"+%s\"}".formatted(i, phone));
            if (added.status() != 200) {
                throw new IllegalStateException(added.toString());
            }
            phones.put(added.json().path("account").path("id").asString(), phone);
        }
        phones.forEach((account, phone) -> await().atMost(PATIENCE).until(
                () -> http.post(simulator("/api/phones/" + phone + "/scan"), "{\"account\":\"" + account + "\"}")
                        .status() == 200));
        awaitAllConnected(http, accounts);
        return phones;
    }

    void awaitAllConnected(Http http, int accounts) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> connected(http) == accounts);
    }

    /** How many accounts the gateway calls connected. */
    int connected(Http http) {
        int connected = 0;
        for (JsonNode account : http.get(gateway("/api/whatsapp/accounts")).json().path("accounts")) {
            connected += account.path("status").asString().equals("connected") ? 1 : 0;
        }
        return connected;
    }

    /** The ids that the simulated WhatsApp showed to the recipient, in order. */
    List<String> received(Http http, String phone, String to) {
        Http.Answer answer = http.get(simulator(
                "/api/ledger/messages?limit=1000&phone=" + phone + "&chat=" + to + "@s.whatsapp.net"));
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.toString());
        }
        List<String> ids = new ArrayList<>();
        answer.json().path("items").forEach(m -> {
            if (m.path("shown").asBoolean(false)) {
                ids.add(m.path("id").asString());
            }
        });
        return ids;
    }

    FleetProcess start(String name, String... command) {
        FleetProcess process = FleetProcess.start(name, directory.resolve("logs"), environment, command);
        processes.put(name, process);
        return process;
    }

    FleetProcess process(String name) {
        return processes.get(name);
    }

    /** Runs a command to its end. */
    FleetProcess run(String name, String... command) {
        FleetProcess process = start(name, command);
        await().atMost(PATIENCE).until(() -> !process.isAlive());
        return process;
    }

    String gateway(String path) {
        return "http://127.0.0.1:" + gatewayPort + path;
    }

    String simulator(String path) {
        return "http://127.0.0.1:" + simulatorPort + path;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        List<FleetProcess> all = new ArrayList<>(processes.values());
        all.reversed().forEach(FleetProcess::close);
    }
}
