package io.wafleet.acceptance;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        environment.putAll(more);
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
