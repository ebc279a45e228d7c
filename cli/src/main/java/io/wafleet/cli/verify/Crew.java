package io.wafleet.cli.verify;

import io.wafleet.cli.fleet.FleetProcess;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.ProcessFleet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The processes of a fleet that runs for scenarios, and what is done to them. Its memory is one thread's; the rest is thread-safe. */
public final class Crew {
    static final int WORKERS = 2;
    private static final Pattern GATEWAY = Pattern.compile("(?m)^gateway +(http://\\S+)");

    private final ProcessFleet fleet;
    private final Http http;
    private final FleetTopics topics;
    private final Memory memory;
    private final Notes notes;

    /** The workers that run, frozen ones among them, and how many were ever named. */
    private static final class Memory {
        private final Set<String> workers = new LinkedHashSet<>();
        private final Set<String> frozen = new LinkedHashSet<>();
        private int named;
    }

    private Crew(ProcessFleet fleet, Http http, FleetTopics topics, Memory memory, Notes notes) {
        this.fleet = fleet;
        this.http = http;
        this.topics = topics;
        this.memory = memory;
        this.notes = notes;
    }

    /** Those of a fleet that was started with its first workers. */
    static Crew of(ProcessFleet fleet, Http http) {
        Memory memory = new Memory();
        IntStream.rangeClosed(1, WORKERS).forEach(i -> memory.workers.add("worker-" + i));
        memory.named = WORKERS;
        return new Crew(fleet, http, new FleetTopics(fleet.kafka()), memory, new Notes());
    }

    Crew notedBy(Notes others) {
        return new Crew(fleet, http, topics, memory, others);
    }

    public FleetTopics topics() {
        return topics;
    }

    /** The workers that were started and not ended, the oldest first. */
    public List<String> workers() {
        return List.copyOf(memory.workers);
    }

    /** SIGKILL. */
    public void kill(String worker) {
        notes.add("kill -9 " + worker);
        memory.workers.remove(worker);
        memory.frozen.remove(worker);
        fleet.process(worker).kill();
    }

    /** SIGTERM to all of them at once; returns when they have ended. */
    public void end(List<String> workers) {
        notes.add("SIGTERM to " + String.join(", ", workers));
        memory.workers.removeAll(workers);
        workers.forEach(worker -> fleet.process(worker).askToEnd());
        workers.forEach(worker -> fleet.process(worker).terminate());
        notes.add("ended: " + String.join(", ", workers));
    }

    /** SIGSTOP. */
    public void freeze(String worker) {
        notes.add("SIGSTOP to " + worker);
        memory.frozen.add(worker);
        fleet.process(worker).freeze();
    }

    /** SIGCONT. */
    public void wake(String worker) {
        notes.add("SIGCONT to " + worker);
        memory.frozen.remove(worker);
        fleet.process(worker).wake();
    }

    /** Starts so many more workers, and waits until each of them owns something. */
    public List<String> startWorkers(int count) {
        List<String> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String worker = "worker-" + ++memory.named;
            memory.workers.add(worker);
            started.add(worker);
            fleet.startWorker(worker);
        }
        notes.add("started: " + String.join(", ", started));
        fleet.await("the new workers own partitions", () -> started.stream().allMatch(this::owns));
        notes.add("own partitions: " + String.join(", ", started));
        return started;
    }

    /** Whether the worker lives, and owns a partition. */
    public boolean owns(String worker) {
        return worker(w -> w.path("worker").asString("").equals(worker) && w.path("alive").asBoolean(false)
                && !w.path("partitions").isEmpty());
    }

    /** The epoch under which a partition is owned now; 0 when nobody is known to own it. */
    public long epoch(int partition) {
        long[] epoch = {0};
        worker(w -> {
            if (w.path("alive").asBoolean(false)) {
                w.path("partitions").forEach(p -> {
                    if (p.path("partition").asInt(-1) == partition) {
                        epoch[0] = Math.max(epoch[0], p.path("epoch").asLong());
                    }
                });
            }
            return false;
        });
        return epoch[0];
    }

    private boolean worker(Predicate<JsonNode> wanted) {
        Http.Answer answer = http.get(fleet.gateway("/api/fleet"));
        return answer.status() == 200 && answer.json().path("workers").valueStream().anyMatch(wanted);
    }

    /** Ends everything but WhatsApp, in the order of a machine that goes down, and starts it anew. */
    public void restartEverything() {
        List<String> all = new ArrayList<>(List.of("gateway", "outbox"));
        all.addAll(workers());
        notes.add("SIGTERM to " + String.join(", ", all) + ", then to broker");
        all.forEach(name -> fleet.process(name).askToEnd());
        all.forEach(name -> fleet.process(name).terminate());
        fleet.process("broker").terminate();
        memory.workers.clear();
        IntStream.range(0, WORKERS).forEach(_ -> memory.workers.add("worker-" + ++memory.named));
        fleet.start("broker", "broker");
        fleet.awaitTopics();
        fleet.startRoles(http, workers());
        notes.add("all of it was started anew, with " + String.join(", ", workers()));
    }

    /** SIGSTOP to the simulated WhatsApp: nobody answers there any more. */
    public void freezeWhatsApp() {
        notes.add("SIGSTOP to the simulated WhatsApp");
        fleet.process("simulator").freeze();
    }

    /** SIGCONT to the simulated WhatsApp. */
    public void wakeWhatsApp() {
        notes.add("SIGCONT to the simulated WhatsApp");
        fleet.process("simulator").wake();
    }

    /** Starts another gateway in an environment of its own. Whoever started it ends it. */
    public FleetProcess startGateway(String name, Map<String, String> environment) {
        notes.add("starts a gateway in the environment " + environment);
        return fleet.startIn(environment, name, "gateway", "--http-port", "0");
    }

    /** A POST to the gateway that this process is, as it is answered. */
    public Http.Answer postTo(FleetProcess gateway, String path, String json) {
        Matcher address = GATEWAY.matcher(gateway.output());
        if (!address.find()) {
            throw new Unmet("expected: " + gateway.name() + " says its address; found: " + gateway.output());
        }
        return http.post(address.group(1) + path, json);
    }

    /** Runs {@code account-id} in an environment of its own; what it prints. */
    public String accountId(String name, String notation, Map<String, String> environment) {
        FleetProcess process = fleet.startIn(environment, name, "account-id", notation);
        fleet.await("account-id ends", () -> !process.isAlive());
        return process.output().strip();
    }

    /** Makes the fleet whole again, whatever was done to it. */
    void settle() {
        fleet.process("simulator").wake();
        List.copyOf(memory.frozen).forEach(this::wake);
        workers().stream().filter(worker -> !fleet.process(worker).isAlive()).forEach(memory.workers::remove);
        List.of("broker", "outbox", "gateway").stream().filter(name -> !fleet.process(name).isAlive())
                .forEach(name -> fleet.start(name, name));
        int missing = WORKERS - memory.workers.size();
        if (missing > 0) {
            startWorkers(missing);
        }
        fleet.awaitOwned(http, workers());
    }
}
