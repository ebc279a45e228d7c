package io.wafleet.cli;

import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.conversations.store.StoreSettings;
import io.wafleet.embedded.EmbeddedBroker;
import io.wafleet.embedded.EmbeddedBrokerSettings;
import io.wafleet.gateway.GatewayRole;
import io.wafleet.gateway.GatewaySettings;
import io.wafleet.health.Health;
import io.wafleet.health.Role;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.kafka.Topics;
import io.wafleet.media.MediaSettings;
import io.wafleet.outbox.OutboxRole;
import io.wafleet.outbox.OutboxSettings;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import io.wafleet.simulator.SimulatorRole;
import io.wafleet.simulator.SimulatorSettings;
import io.wafleet.worker.WorkerRole;
import io.wafleet.worker.WorkerSettings;
import io.wafleet.worker.connector.simulated.SimulatedConnectorSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;

/** The whole fleet in one process, on an embedded broker and against the simulated WhatsApp. Started in order, ended in reverse. */
final class DevFleet implements Role {
    private final List<Role> roles = new ArrayList<>();
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final Settings settings;
    private final DevSettings dev;
    private final MeterRegistry metrics;
    private final Health health;

    private DevFleet(Settings settings, DevSettings dev, MeterRegistry metrics, Health health) {
        this.settings = settings;
        this.dev = dev;
        this.metrics = metrics;
        this.health = health;
    }

    /** Starts everything; what was started is ended again when something does not start. */
    static DevFleet start(Settings settings, DevSettings dev, MeterRegistry metrics, Health health) {
        DevFleet fleet = new DevFleet(settings, dev, metrics, health);
        try {
            fleet.startAll();
            return fleet;
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    private void startAll() {
        String keys = CredentialKeys.in(dev.dataDir());
        // Ports first: a busy one is told before the slow part begins.
        SimulatorRole simulator = add(
                SimulatorRole.start(read(SimulatorSettings::from,
                        Map.of(SimulatorSettings.DATA_DIR, dev.dataDir().resolve("simulator"))), metrics, health));
        EmbeddedBroker broker = add(EmbeddedBroker.start(new EmbeddedBrokerSettings("127.0.0.1", dev.brokerPort(), "",
                dev.dataDir().resolve("broker")), metrics, health));
        createTopics(broker.bootstrapServers());
        Map<Setting<?>, Object> fleet = Map.of(KafkaSettings.BOOTSTRAP, broker.bootstrapServers(), MediaSettings.DIR,
                settings.isGiven(MediaSettings.DIR)
                        ? settings.get(MediaSettings.DIR)
                        : dev.dataDir().resolve("media"));
        add(OutboxRole.start(
                read(OutboxSettings::from, fleet, Map.of(OutboxSettings.STATE_DIR, dev.dataDir().resolve("outbox"))),
                metrics, health));
        GatewayRole gateway = add(GatewayRole.start(
                read(GatewaySettings::from, fleet,
                        Map.of(StoreSettings.SQLITE_FILE, dev.dataDir().resolve("conversations.db"))),
                metrics, health));
        for (int i = 1; i <= dev.workers(); i++) {
            add(WorkerRole.start(read(WorkerSettings::from, fleet, Map.of(WorkerSettings.WORKER_ID, "worker-" + i,
                    WorkerSettings.KEYS, keys, SimulatedConnectorSettings.URL,
                    "ws://127.0.0.1:" + simulator.port() + "/ws")),
                    metrics, health));
        }
        addresses.put("gateway", gateway.address());
        addresses.put("simulated phone", "http://127.0.0.1:" + simulator.port());
        addresses.put("kafka", broker.bootstrapServers());
        addresses.put("data", dev.dataDir().toAbsolutePath().normalize().toString());
    }

    private void createTopics(String bootstrap) {
        KafkaSettings kafka = read(KafkaSettings::from, Map.of(KafkaSettings.BOOTSTRAP, bootstrap));
        try (Admin admin = new KafkaClients(kafka).admin("dev-topics")) {
            new Topics(admin, kafka).create(1);
        }
    }

    @SafeVarargs
    private <T> T read(Function<Settings, T> from, Map<Setting<?>, ?>... given) {
        Map<String, String> overrides = new HashMap<>();
        for (Map<Setting<?>, ?> some : given) {
            some.forEach((setting, value) -> overrides.put(setting.key(), value.toString()));
        }
        Settings own = settings.with(overrides);
        T read = from.apply(own);
        own.check();
        return read;
    }

    private <R extends Role> R add(R role) {
        roles.add(role);
        var _ = role.failure().whenComplete((_, error) -> {
            if (error != null) {
                failure.completeExceptionally(error);
            }
        });
        return role;
    }

    /** What a person opens, by name. */
    Map<String, String> addresses() {
        return addresses;
    }

    @Override
    public String name() {
        return "dev";
    }

    @Override
    public CompletionStage<Void> failure() {
        return failure;
    }

    /** Workers together, so that none takes over what the next one is about to give up; then the rest, in reverse. */
    @Override
    public void close() {
        List<Role> workers = roles.stream().filter(WorkerRole.class::isInstance).toList();
        roles.removeAll(workers);
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            workers.forEach(worker -> together.execute(worker::close));
        }
        while (!roles.isEmpty()) {
            roles.removeLast().close();
        }
    }
}
