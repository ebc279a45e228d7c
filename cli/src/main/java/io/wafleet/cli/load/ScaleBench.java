package io.wafleet.cli.load;

import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.FleetProcess;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LedgerReader;
import io.wafleet.cli.fleet.LinkedAccounts;
import io.wafleet.cli.fleet.Patience;
import io.wafleet.cli.fleet.ProcessFleet;
import io.wafleet.cli.fleet.Workspace;
import io.wafleet.simulator.ledger.LedgerConnection;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * {@code wafleet bench scale}: what many accounts cost in each role. The floor is the same fleet before it has an account.
 */
public final class ScaleBench {
    private static final int HEAP_MB = 1024;
    private static final Duration SETTLE = Duration.ofSeconds(10);

    private final ScaleOptions options;
    private final PrintStream out;
    private final ProcessFleet fleet;
    private final Http http;
    private final LedgerReader ledger;

    private ScaleBench(ScaleOptions options, PrintStream out, ProcessFleet fleet, Http http) {
        this.options = options;
        this.out = out;
        this.fleet = fleet;
        this.http = http;
        this.ledger = new LedgerReader(fleet, http);
    }

    /**
     * Runs it, and tells people what it does and found.
     *
     * @throws io.wafleet.cli.fleet.FleetException when the fleet does not come to rest
     */
    public static ScaleReport run(ScaleOptions options, Distribution distribution, PrintStream out) {
        try (Workspace workspace = Workspace.open("bench", options.directory());
                ProcessFleet fleet = new ProcessFleet(distribution.withHeap(HEAP_MB), workspace.directory(),
                        options.partitions(), Map.of());
                Http http = new Http()) {
            ScaleReport report = new ScaleBench(options, out, fleet, http).run();
            workspace.forget();
            return report;
        }
    }

    private ScaleReport run() {
        say("starting broker, simulator, outbox, gateway and " + options.workers() + " workers");
        fleet.startAll(http, options.workers());
        Patience.pass(SETTLE);
        Map<String, Long> empty = memory();
        say("linking " + options.accounts() + " accounts");
        long begun = System.nanoTime();
        LinkedAccounts accounts = LinkedAccounts.link(fleet, http, options.accounts());
        double linkedPerSecond = options.accounts() * 1e9 / (System.nanoTime() - begun);
        say("linked and connected: %.1f a second".formatted(linkedPerSecond));
        Patience.pass(SETTLE);
        Map<String, Long> full = memory();
        ProcessorTimes idle = new ProcessorTimes(fleet);
        Patience.pass(options.idle());
        Map<String, Double> cores = byRole(idle.cores(), Double::sum);
        long connected = accounts.connected();
        double connectsPerSecond = connectAll(accounts);
        ScaleReport report = new ScaleReport("scale", options.accounts(), options.workers(),
                Math.min(connected, accounts.connected()), Rounded.to1(linkedPerSecond),
                Rounded.to1(connectsPerSecond), roles(empty, full, cores));
        tell(report);
        return report;
    }

    /** Resident memory of each role, in kB. */
    private Map<String, Long> memory() {
        Map<String, FleetProcess> all = fleet.living();
        all.values().forEach(FleetProcess::collectGarbage);
        Map<String, Long> memory = new TreeMap<>();
        all.forEach((name, process) -> memory.merge(role(name), process.residentKb(), Long::sum));
        return memory;
    }

    private static <T> Map<String, T> byRole(Map<String, T> byProcess, java.util.function.BinaryOperator<T> sum) {
        Map<String, T> roles = new TreeMap<>();
        byProcess.forEach((name, value) -> roles.merge(role(name), value, sum));
        return roles;
    }

    private static String role(String process) {
        return process.replaceAll("-[0-9]+$", "");
    }

    private Map<String, ScaleReport.Role> roles(Map<String, Long> empty, Map<String, Long> full,
            Map<String, Double> cores) {
        Map<String, ScaleReport.Role> roles = new TreeMap<>();
        full.forEach((role, kb) -> roles.put(role, new ScaleReport.Role(kb / 1000,
                Rounded.to1((kb - empty.getOrDefault(role, 0L)) / (double) options.accounts()),
                Rounded.to1(100 * cores.getOrDefault(role, 0.0)))));
        return roles;
    }

    /** Ends all workers and starts as many: accounts a second, from the first login of all to the last account's last one. */
    private double connectAll(LinkedAccounts accounts) {
        say("starting all workers anew");
        List<FleetProcess> workers = IntStream.rangeClosed(1, options.workers())
                .mapToObj(i -> fleet.process("worker-" + i)).toList();
        workers.forEach(FleetProcess::askToEnd);
        workers.forEach(FleetProcess::terminate);
        long last = ledger.connectionsAfter(0).stream().mapToLong(LedgerConnection::number).max().orElse(0);
        workers.forEach(worker -> fleet.startWorker(worker.name()));
        accounts.awaitConnected();
        List<LedgerConnection> connections = ledger.connectionsAfter(last);
        List<Instant> logins = connections.stream().map(LedgerConnection::loggedInAt).filter(Objects::nonNull)
                .sorted(Comparator.naturalOrder()).toList();
        long back = connections.stream().filter(c -> c.loggedInAt() != null).map(LedgerConnection::phone).distinct()
                .count();
        return back < 2
                ? 0
                : (back - 1) * 1e3 / Math.max(1, Duration.between(logins.getFirst(), logins.getLast()).toMillis());
    }

    private void tell(ScaleReport report) {
        say("%n%d of %d accounts connected; %.1f logins a second when all workers start anew".formatted(
                report.connected(), report.accounts(), report.connectsPerSecond()));
        say("  %-10s %8s %14s %10s".formatted("role", "rss, MB", "kB per account", "idle CPU %"));
        report.roles().forEach((name, role) -> say("  %-10s %8d %14.1f %10.1f".formatted(name, role.rssMb(),
                role.kbPerAccount(), role.idleCpuPercent())));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
