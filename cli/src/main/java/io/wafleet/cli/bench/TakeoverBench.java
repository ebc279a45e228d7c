package io.wafleet.cli.bench;

import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.FleetException;
import io.wafleet.cli.fleet.FleetProcess;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LinkedAccounts;
import io.wafleet.cli.fleet.ProcessFleet;
import io.wafleet.cli.fleet.Workspace;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.worker.sealing.CredentialCipher;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code wafleet bench takeover}: all accounts share one partition, their credentials are made as large as those of accounts in real
 * use, and workers take it over one after the other, each a process just started.
 */
public final class TakeoverBench {
    private static final Pattern STEP = Pattern
            .compile("wafleet_worker_takeover_step_seconds_sum\\{.*step=\"(\\w+)\".*\\} (\\S+)");
    private static final Pattern WHOLE = Pattern.compile("wafleet_worker_takeover_seconds_sum\\{.*\\} (\\S+)");
    private static final Pattern HEALTH = Pattern.compile("health\\s+(http://\\S+)/readyz");

    private final TakeoverOptions options;
    private final PrintStream out;
    private final ProcessFleet fleet;
    private final Http http;

    private TakeoverBench(TakeoverOptions options, PrintStream out, ProcessFleet fleet, Http http) {
        this.options = options;
        this.out = out;
        this.fleet = fleet;
        this.http = http;
    }

    /**
     * Runs it, and tells people what it does and found.
     *
     * @throws FleetException when the fleet does not come to rest
     */
    public static TakeoverReport run(TakeoverOptions options, Distribution distribution, PrintStream out) {
        try (Workspace workspace = Workspace.open("bench", options.directory());
                ProcessFleet fleet = new ProcessFleet(distribution, workspace.directory(), 1, Map.of());
                Http http = new Http()) {
            TakeoverReport report = new TakeoverBench(options, out, fleet, http).run();
            workspace.forget();
            return report;
        }
    }

    private TakeoverReport run() {
        say("starting broker, simulator, outbox, gateway and a worker");
        fleet.startAll(http, 1);
        say("linking " + options.accounts() + " accounts");
        LinkedAccounts accounts = LinkedAccounts.link(fleet, http, options.accounts());
        fleet.process("worker-1").terminate();
        say("writing %d kB of credentials for each, in %d records".formatted(options.credentialsKb(),
                options.credentialParts()));
        KafkaClients clients = new KafkaClients(fleet.kafka());
        JournalOnDisk.enlarge(clients, CredentialCipher.of(fleet.credentialKeys()),
                accounts.all().stream().map(LinkedAccounts.Account::id).toList(), options);
        JournalOnDisk journal = JournalOnDisk.read(clients);
        say("journal: %,d records, %,d MB".formatted(journal.records(), journal.bytes() / 1_000_000));
        List<TakeoverReport.Run> runs = new ArrayList<>();
        for (int i = 1; i <= options.runs(); i++) {
            runs.add(takeover(i, accounts, JournalOnDisk.read(clients)));
        }
        TakeoverReport report = TakeoverReport.of(options, journal, runs);
        summary(report);
        return report;
    }

    private TakeoverReport.Run takeover(int number, LinkedAccounts accounts, JournalOnDisk floor) {
        long begun = System.nanoTime();
        FleetProcess worker = fleet.startWorker("taker-" + number);
        accounts.awaitConnected();
        long allConnected = (System.nanoTime() - begun) / 1_000_000;
        String metrics = metrics(worker);
        Map<String, Long> steps = new LinkedHashMap<>();
        Matcher step = STEP.matcher(metrics);
        while (step.find()) {
            steps.put(step.group(1), millis(step.group(2)));
        }
        Matcher whole = WHOLE.matcher(metrics);
        TakeoverReport.Run run = new TakeoverReport.Run(number, whole.find() ? millis(whole.group(1)) : 0, steps,
                accounts.loggedIn(), allConnected, floor.readIn().toMillis(), worker.peakMemoryMb());
        say("run %d: takeover %d ms %s, all %d connected %d ms after the process began, floor %d ms, peak %d MB"
                .formatted(number, run.takeoverMs(), steps, run.restored(), allConnected, run.floorMs(), run.peakMb()));
        worker.terminate();
        return run;
    }

    private String metrics(FleetProcess worker) {
        Matcher health = HEALTH.matcher(worker.output());
        if (!health.find()) {
            throw new FleetException(worker.name() + " does not say where its metrics are");
        }
        return http.get(health.group(1) + "/metrics").body();
    }

    private static long millis(String seconds) {
        return Math.round(Double.parseDouble(seconds) * 1000);
    }

    private void summary(TakeoverReport report) {
        TakeoverReport.Summary s = report.summary();
        say("%nmedian / p95 / max".formatted());
        say("  takeover, ms           " + s.takeoverMs());
        say("  floor, ms              " + s.floorMs());
        say("  takeover to floor      " + s.ratioToFloor());
        say("  peak memory, MB        " + s.peakMb());
        say("  accounts not restored  " + s.lostAccounts());
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
