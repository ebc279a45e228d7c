package io.wafleet.cli.fleet;

import io.wafleet.health.Ports;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.worker.sealing.CredentialCipher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A fleet of separate processes: broker, simulator, outbox, gateway and workers, on free ports and with a folder of their own.
 *
 * <p>{@link #close()}, and the end of this process, however it comes, kill every process that was started (but for SIGKILL, which
 * leaves no time). Thread-safe.
 */
public final class ProcessFleet implements AutoCloseable {
    /** How long anything may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String LOCALHOST = "127.0.0.1";

    private final Distribution distribution;
    private final Path logs;
    private final Path scratch;
    private final Path storeFile;
    private final KafkaSettings kafka;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, FleetProcess> processes = new LinkedHashMap<>();
    private final String credentialKeys = CredentialCipher.newKeySet();
    private final int gatewayPort = Ports.free(LOCALHOST);
    private final int simulatorPort = Ports.free(LOCALHOST);
    private final Thread atExit = new Thread(this::endAll, "fleet-end");
    private boolean ended;

    /**
     * Prepares a fleet; {@link #startAll} starts it.
     *
     * @param directory for logs and data
     * @param more further settings by environment variable
     */
    public ProcessFleet(Distribution distribution, Path directory, int partitions, Map<String, String> more) {
        this.distribution = distribution;
        this.logs = directory.resolve("logs");
        this.scratch = directory.resolve("tmp").toAbsolutePath();
        int brokerPort = Ports.free(LOCALHOST);
        this.kafka = new KafkaSettings(LOCALHOST + ":" + brokerPort, "wafleet.", partitions, Optional.empty());
        environment.put("WAFLEET_KAFKA_BOOTSTRAP", kafka.bootstrapServers());
        environment.put("WAFLEET_TOPIC_PREFIX", kafka.topicPrefix());
        environment.put("WAFLEET_BROKER_PORT", Integer.toString(brokerPort));
        environment.put("WAFLEET_DATA_DIR", directory.resolve("broker").toString());
        environment.put("WAFLEET_PARTITIONS", Integer.toString(partitions));
        environment.put("WAFLEET_SIMULATOR_URL", "ws://" + LOCALHOST + ":" + simulatorPort + "/ws");
        environment.put("WAFLEET_SIMULATOR_PORT", Integer.toString(simulatorPort));
        environment.put("WAFLEET_HTTP_PORT", Integer.toString(gatewayPort));
        environment.put("WAFLEET_CONNECT_RATE", "0");
        environment.put("WAFLEET_PACING_BURST", "1000");
        environment.put("WAFLEET_PACING_INTERVAL", "1ms");
        environment.put("WAFLEET_OUTBOX_STATE_DIR", directory.resolve("outbox").toString());
        storeFile = directory.resolve("conversations.db");
        environment.put("WAFLEET_STORE_SQLITE_FILE", storeFile.toString());
        environment.put("WAFLEET_CREDENTIAL_KEYS_FILE", directory.resolve("keys.json").toString());
        environment.putAll(more);
        try {
            Files.createDirectories(logs);
            Files.createDirectories(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder in " + directory, e);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Broker, topics, simulator, outbox, gateway and workers {@code worker-1} and so on; returns when every partition has an owner.
     */
    public void startAll(Http http, int workers) {
        start("broker", "broker");
        start("simulator", "simulator");
        awaitTopics();
        try {
            Files.writeString(Path.of(environment.get("WAFLEET_CREDENTIAL_KEYS_FILE")), credentialKeys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startRoles(http, IntStream.rangeClosed(1, workers).mapToObj(i -> "worker-" + i).toList());
    }

    /** Until the broker has all topics. */
    public void awaitTopics() {
        await("the broker takes topics", () -> run("topics", "topics") == 0);
    }

    /** Outbox, gateway and these workers, on a broker that runs; returns when every partition has an owner. */
    public void startRoles(Http http, List<String> workers) {
        Map<String, String[]> roles = new LinkedHashMap<>();
        roles.put("outbox", new String[]{"outbox"});
        roles.put("gateway", new String[]{"gateway"});
        workers.forEach(id -> roles.put(id, workerLine(id)));
        roles.forEach(this::start);
        await("every partition has an owner", () -> {
            // On a busy machine a new broker may answer late, and a role that gets no answer ends.
            roles.forEach((name, command) -> {
                if (process(name).isEndedByItself()) {
                    start(name, command);
                }
            });
            return isOwned(http, workers);
        });
    }

    /** Until these workers live, and every partition has an owner. */
    public void awaitOwned(Http http, List<String> workers) {
        await("every partition has an owner", () -> isOwned(http, workers));
    }

    private boolean isOwned(Http http, List<String> workers) {
        Http.Answer answer = http.get(gateway("/api/fleet"));
        if (answer.status() != 200) {
            return false;
        }
        Set<String> alive = new HashSet<>();
        Set<String> owners = new HashSet<>();
        answer.json().path("workers").forEach(worker -> {
            if (worker.path("alive").asBoolean(false)) {
                alive.add(worker.path("worker").asString(""));
                if (!worker.path("partitions").isEmpty()) {
                    owners.add(worker.path("worker").asString(""));
                }
            }
        });
        JsonNode withoutOwner = answer.json().path("partitions").path("withoutOwner");
        // The worker that is there first owns all of them at first, and hands them over to those that come.
        return alive.equals(Set.copyOf(workers)) && owners.size() >= Math.min(workers.size(), kafka.partitions())
                && withoutOwner.isArray() && withoutOwner.isEmpty();
    }

    private static String[] workerLine(String id) {
        return new String[]{"worker", "--worker-id", id};
    }

    /** Starts a projector, which no fleet needs to send and receive; others beside it need other names. */
    public FleetProcess startProjector(String name) {
        return start(name, "projector");
    }

    /** The embedded store of every process. */
    public Path storeFile() {
        return storeFile;
    }

    public FleetProcess startWorker(String id) {
        return start(id, workerLine(id));
    }

    /** Starts a process, whose output goes to its log. */
    public FleetProcess start(String name, String... command) {
        return start(name, null, Map.of(), command);
    }

    /** Starts a process that lives in another environment than the rest, whose output goes to its log. */
    public FleetProcess startIn(Map<String, String> further, String name, String... command) {
        return start(name, null, further, command);
    }

    /** Starts a process, whose standard output is told line by line. */
    public FleetProcess startTold(String name, Consumer<String> lines, String... command) {
        return start(name, lines, Map.of(), command);
    }

    private synchronized FleetProcess start(String name, @Nullable Consumer<String> lines,
            Map<String, String> further, String... command) {
        if (ended) {
            throw new FleetException("the fleet has ended");
        }
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(further);
        FleetProcess process = FleetProcess.start(name, logs.resolve(name + ".log"),
                distribution.line(scratch, command), all,
                lines);
        processes.put(name, process);
        return process;
    }

    /** The process last started under the name. */
    public synchronized FleetProcess process(String name) {
        FleetProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException("never started: " + name);
        }
        return process;
    }

    /** Every process that lives, by its name. */
    public synchronized Map<String, FleetProcess> living() {
        Map<String, FleetProcess> living = new LinkedHashMap<>(processes);
        living.values().removeIf(p -> !p.isAlive());
        return living;
    }

    /** Runs a command to its end; its exit code. */
    private int run(String name, String... command) {
        return start(name, command).awaitExit(PATIENCE.toSeconds());
    }

    /**
     * Waits for a condition.
     *
     * @param what completes the sentence "... did not happen"
     * @throws FleetException when it does not come true in time
     */
    public void await(String what, BooleanSupplier condition) {
        await(what, condition, () -> "");
    }

    /**
     * Waits for a condition.
     *
     * @param instead asked, when it does not come true, what is the case instead
     */
    void await(String what, BooleanSupplier condition, Supplier<Object> instead) {
        if (!Patience.within(PATIENCE, condition)) {
            throw new FleetException("waited " + PATIENCE.toSeconds() + " s in vain until " + what + " " + instead.get()
                    + "; logs: " + logs);
        }
    }

    /** The key set that seals credentials. */
    public String credentialKeys() {
        return credentialKeys;
    }

    public KafkaSettings kafka() {
        return kafka;
    }

    public String gateway(String path) {
        return "http://" + LOCALHOST + ":" + gatewayPort + path;
    }

    public String simulator(String path) {
        return "http://" + LOCALHOST + ":" + simulatorPort + path;
    }

    private synchronized void endAll() {
        ended = true;
        processes.values().forEach(FleetProcess::destroy);
    }

    @Override
    public void close() {
        endAll();
        List<FleetProcess> all;
        synchronized (this) {
            all = new ArrayList<>(processes.values());
        }
        all.forEach(FleetProcess::close);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // The process is ending, and with it the hook.
        }
    }
}
