package io.wafleet.cli.bench;

import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.FleetException;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LinkedAccounts;
import io.wafleet.cli.fleet.ProcessFleet;
import io.wafleet.cli.fleet.Workspace;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code wafleet bench failover}: a fleet of separate processes in which a worker is struck, or one more joins, again and again; each
 * time a group of bare consumers suffers the same right after, as the floor.
 */
public final class FailoverBench {
    private final FailoverOptions options;
    private final FailoverTable table;
    private final PrintStream out;

    private FailoverBench(FailoverOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.table = new FailoverTable(out);
    }

    /** What the columns mean. */
    public static String legend() {
        return FailoverTable.LEGEND;
    }

    /**
     * Runs it, and tells people what it does and found.
     *
     * @throws FleetException when the fleet does not come to rest
     */
    public static FailoverReport run(FailoverOptions options, Distribution distribution, PrintStream out) {
        FailoverBench bench = new FailoverBench(options, out);
        try (Workspace workspace = Workspace.open("bench", options.directory());
                ProcessFleet fleet = new ProcessFleet(distribution, workspace.directory(), options.partitions(),
                        timings(options));
                Http http = new Http()) {
            out.println("data and logs: " + workspace.directory());
            FailoverReport report = bench.run(fleet, http);
            if (report.isSound()) {
                workspace.forget();
            }
            return report;
        }
    }

    /** The same for workers, outbox, gateway and bare members. */
    private static Map<String, String> timings(FailoverOptions options) {
        boolean isFast = options.session().toMillis() <= 2_000;
        Map<String, String> timings = new LinkedHashMap<>();
        timings.put("WAFLEET_TIMING_PROFILE", isFast ? "fast" : "steady");
        timings.put("WAFLEET_SESSION_TIMEOUT", options.session().toMillis() + "ms");
        return timings;
    }

    private FailoverReport run(ProcessFleet fleet, Http http) {
        out.printf("starting broker, simulator, outbox, gateway and %d workers%n", options.workers());
        out.flush();
        fleet.startAll(http, options.workers());
        out.printf("linking %d accounts%n", options.accounts());
        out.flush();
        LinkedAccounts accounts = LinkedAccounts.link(fleet, http, options.accounts());
        FloorGroup floor = new FloorGroup(fleet);
        for (int i = 0; i < options.workers(); i++) {
            floor.start();
        }
        floor.awaitBalance();
        List<FailoverRun> runs = new ArrayList<>();
        List<Long> gaps = new ArrayList<>();
        try (OwnershipTrail trail = new OwnershipTrail(fleet.kafka())) {
            WorkersUnderTest workers = new WorkersUnderTest(options, fleet, http, accounts, trail);
            workers.awaitRest();
            table.head();
            for (int i = 1; i <= options.runs(); i++) {
                WorkersUnderTest.Struck struck = workers.suffer();
                FailoverRun run = workers.measured(i, struck, floor.suffer(options.kind()), gaps);
                table.row(run);
                runs.add(run);
                workers.restore();
                floor.awaitBalance();
                workers.awaitRest();
            }
        }
        FailoverReport report = FailoverReport.of(options, runs, gaps);
        table.summary(report);
        return report;
    }
}
