package io.wafleet.cli.load;

import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LedgerReader;
import io.wafleet.cli.fleet.LinkedAccounts;
import io.wafleet.cli.fleet.Patience;
import io.wafleet.cli.fleet.ProcessFleet;
import io.wafleet.cli.fleet.Workspace;
import io.wafleet.kafka.KafkaClients;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * {@code wafleet bench throughput}: as many keyed messages a second as a fleet on this machine sends while its backlog stays bounded, where
 * the processor time goes, and what a bare transactional read-process-write moves on the same broker.
 */
public final class ThroughputBench {
    /** The simulator remembers all that was ever sent: with half of it, most of its own processor time went into
     * collecting garbage in the end. */
    private static final int HEAP_MB = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FLOOR_RECORDS = 200_000;

    private final ThroughputOptions options;
    private final PrintStream out;
    private final ProcessFleet fleet;
    private final Http http;
    private final LedgerReader ledger;

    private ThroughputBench(ThroughputOptions options, PrintStream out, ProcessFleet fleet, Http http) {
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
    public static ThroughputReport run(ThroughputOptions options, Distribution distribution, PrintStream out) {
        try (Workspace workspace = Workspace.open("bench", options.directory());
                ProcessFleet fleet = new ProcessFleet(distribution.optimised(HEAP_MB), workspace.directory(),
                        options.partitions(), Map.of("WAFLEET_SIMULATOR_LEDGER_ENTRIES", "5000000"));
                Http http = new Http()) {
            ThroughputReport report = new ThroughputBench(options, out, fleet, http).run();
            workspace.forget();
            return report;
        }
    }

    private ThroughputReport run() {
        say("starting broker, simulator, outbox, gateway and " + options.workers() + " workers");
        fleet.startAll(http, options.workers());
        say("linking " + options.accounts() + " accounts");
        Addressees addressees = new Addressees(LinkedAccounts.link(fleet, http, options.accounts()).all());
        KafkaClients clients = new KafkaClients(fleet.kafka());
        ThroughputReport report;
        try (StatusTrail statuses = new StatusTrail(clients)) {
            report = measure(new Clients(fleet, http, addressees, statuses, options.backlog()), statuses,
                    new BareCopy(clients));
        }
        tell(report);
        return report;
    }

    private ThroughputReport measure(Clients senders, StatusTrail statuses, BareCopy floor) {
        long before = ledger.summary().messages();
        senders.start();
        say("warming up for %d s, and then until the compilers are at rest".formatted(options.warmUp().toSeconds()));
        WarmUp.of(fleet, this::say).run(options.warmUp(), Patience::pass);
        say("measuring for %d s".formatted(options.time().toSeconds()));
        Window window = window(senders, statuses);
        senders.stop();
        Patience.whileMoving(PATIENCE, statuses::count,
                () -> senders.accepted().stream().allMatch(id -> statuses.sentAt(id).isPresent()));
        Books books = books(senders, before);
        say("measuring the floor");
        double floorPerSecond = floor.measure(FLOOR_RECORDS);
        return new ThroughputReport("throughput", options.accounts(), options.workers(), options.partitions(),
                Rounded.to1(window.accepted), Rounded.to1(window.sent), senders.backlogMax(),
                Rounded.to1(floorPerSecond), Rounded.to2(window.sent / floorPerSecond), senders.repeated(),
                senders.refused(), books.lost, books.duplicates, books.resent, window.shares);
    }

    /** What happened while it counted, by the second. */
    private record Window(double accepted, double sent, List<ThroughputReport.ProcessShare> shares) {}

    private Window window(Clients senders, StatusTrail statuses) {
        int acceptedBefore = senders.acceptedCount();
        int sentBefore = statuses.count();
        ProcessorTimes times = new ProcessorTimes(fleet);
        long begun = System.nanoTime();
        Patience.pass(options.time());
        double seconds = (System.nanoTime() - begun) / 1e9;
        double sent = (statuses.count() - sentBefore) / seconds;
        return new Window((senders.acceptedCount() - acceptedBefore) / seconds, sent, times.shares(sent));
    }

    /** What the simulated WhatsApp has, against what was accepted. */
    private record Books(int lost, long duplicates, long resent) {}

    private Books books(Clients senders, long before) {
        Set<String> lost = new HashSet<>(senders.accepted());
        Set<String> received = new HashSet<>();
        LongAdder duplicates = new LongAdder();
        LongAdder resent = new LongAdder();
        ledger.eachMessageAfter(before, message -> {
            lost.remove(message.id().value());
            if (!received.add(message.id().value())) {
                resent.increment();
            } else if (message.duplicateContent()) {
                // Each says something else: the same under another id is a key that made two messages.
                duplicates.increment();
            }
        });
        return new Books(lost.size(), duplicates.sum(), resent.sum());
    }

    private void tell(ThroughputReport report) {
        say("%naccepted %.0f a second, sent %.0f a second, at most %d waiting".formatted(report.acceptedPerSecond(),
                report.sentPerSecond(), report.backlogMax()));
        say("floor %.0f a second, ratio %.2f".formatted(report.floorPerSecond(), report.ratio()));
        say("repeated %d, refused %d, lost %d, duplicates %d, resent %d".formatted(report.repeated(), report.refused(),
                report.lost(), report.duplicates(), report.resent()));
        say("where the processor time goes:");
        report.processes().forEach(p -> say("  %-14s %5.2f cores %8.1f us a message".formatted(p.process(), p.cores(),
                p.microsPerMessage())));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
