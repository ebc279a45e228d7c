package io.wafleet.cli;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.wafleet.health.Health;
import io.wafleet.health.HealthServer;
import io.wafleet.health.Metrics;
import io.wafleet.health.Role;
import io.wafleet.logging.Logging;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import picocli.CommandLine.ParseResult;

/** Runs a role until SIGTERM, Ctrl-C or its failure, with its health endpoint. */
final class RoleCommand extends SettingsCommand {
    static final Setting<String> HEALTH_HOST = Setting.text("health.host", "127.0.0.1",
            "Address of the health endpoint: /livez, /readyz, /metrics.");
    static final Setting<Integer> HEALTH_PORT = Setting.port("health.port", 0,
            "Port of the health endpoint; 0 takes a free one, printed at start.");
    static final List<Setting<?>> SHARED = List.of(HEALTH_HOST, HEALTH_PORT, Logging.FORMAT, Logging.LEVEL);

    /** Starts a role. */
    interface Starter {
        Started start(Settings settings, PrometheusMeterRegistry metrics, Health health);
    }

    /**
     * A running role, and what a person opens of it, by name.
     */
    record Started(Role role, Map<String, String> addresses) {
        static Started of(Role role) {
            return new Started(role, Map.of());
        }

        static Started at(Role role, String name, String address) {
            return new Started(role, Map.of(name, address));
        }
    }

    private final Starter starter;

    RoleCommand(Console console, String name, String description, List<Setting<?>> settings, Starter starter) {
        super(console, name, description, withShared(settings));
        this.starter = starter;
    }

    private static List<Setting<?>> withShared(List<Setting<?>> settings) {
        List<Setting<?>> all = new ArrayList<>(settings);
        SHARED.stream().filter(s -> settings.stream().noneMatch(o -> o.key().equals(s.key()))).forEach(all::add);
        return all;
    }

    /** Reads settings and checks them; all problems are told at once. */
    static <T> T read(Settings settings, Function<Settings, T> from) {
        T read = from.apply(settings);
        settings.check();
        return read;
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        Logging.configure(given.get(Logging.FORMAT), given.get(Logging.LEVEL));
        String host = given.get(HEALTH_HOST);
        int port = given.get(HEALTH_PORT);
        PrometheusMeterRegistry metrics = Metrics.registry();
        Health health = new Health();
        Started started = starter.start(given, metrics, health);
        try (HealthServer server = serve(started, host, port, health, metrics)) {
            Map<String, String> addresses = new LinkedHashMap<>(started.addresses());
            addresses.put("health", "http://" + host + ":" + server.port() + "/readyz");
            addresses.forEach((name, address) -> console.out().printf("%-16s %s%n", name, address));
            console.out().println(started.role().name() + " runs; Ctrl-C ends it in order");
            console.out().flush();
            return runToEnd(started.role());
        }
    }

    private static HealthServer serve(Started started, String host, int port, Health health,
            PrometheusMeterRegistry metrics) {
        try {
            return HealthServer.start(host, port, health, metrics);
        } catch (RuntimeException e) {
            started.role().close();
            throw e;
        }
    }

    /** Until a signal comes, or the role can go on no longer; it is ended in order either way. */
    private int runToEnd(Role role) {
        try (role) {
            CompletableFuture<Integer> end = new CompletableFuture<>();
            var _ = StopSignals.first().thenRun(() -> end.complete(0));
            var _ = role.failure().whenComplete((_, error) -> {
                console.err().println("wafleet: " + role.name() + " cannot go on: "
                        + (error == null ? "it ended" : error.getMessage()));
                end.complete(Console.FAILED);
            });
            return end.join();
        }
    }
}
