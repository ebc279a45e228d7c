package io.wafleet.cli.torture;

import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.FleetProcess;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LinkedAccounts;
import io.wafleet.cli.fleet.Patience;
import io.wafleet.cli.fleet.ProcessFleet;
import io.wafleet.cli.fleet.Workspace;
import io.wafleet.simulator.ledger.LedgerInbound;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code wafleet torture}: strikes processes of a fleet at random while it works, and then asks whether its promises were kept.
 */
public final class Torture {
    private static final Duration BROKER_DOWN = Duration.ofSeconds(3);
    /** Before the first stroke and after the last. */
    private static final Duration UNDISTURBED = Duration.ofSeconds(2);
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);

    private final TortureOptions options;
    private final ProcessFleet fleet;
    private final Http http;
    private final PrintStream out;
    private final Stroke.Dice dice;
    private final List<String> strokes = new ArrayList<>();

    private Torture(TortureOptions options, ProcessFleet fleet, Http http, PrintStream out) {
        this.options = options;
        this.fleet = fleet;
        this.http = http;
        this.out = out;
        this.dice = new Stroke.Dice(options.seed(), options.workers());
    }

    /**
     * Runs it and prints what happens.
     *
     * @throws io.wafleet.cli.fleet.FleetException when the fleet does not even start
     */
    public static TortureReport run(TortureOptions options, Distribution distribution, PrintStream out) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("WAFLEET_TIMING_PROFILE", options.session().toMillis() <= 2_000 ? "fast" : "steady");
        settings.put("WAFLEET_SESSION_TIMEOUT", options.session().toMillis() + "ms");
        settings.put("WAFLEET_SIMULATOR_LEDGER_ENTRIES", "1000000");
        settings.put("WAFLEET_RETRY_BACKOFF_MAX", "5s");
        try (Workspace workspace = Workspace.open("torture", options.directory());
                ProcessFleet fleet = new ProcessFleet(distribution, workspace.directory(), options.partitions(),
                        settings);
                Http http = new Http()) {
            out.println("data and logs: " + workspace.directory());
            TortureReport report = new Torture(options, fleet, http, out).run();
            if (report.problems().isEmpty()) {
                workspace.forget();
            }
            return report;
        }
    }

    private TortureReport run() {
        say("seed %d; starting broker, simulator, outbox, gateway and %d workers", options.seed(), options.workers());
        fleet.startAll(http, options.workers());
        say("linking %d accounts", options.accounts());
        LinkedAccounts accounts = LinkedAccounts.link(fleet, http, options.accounts());
        Senders senders = new Senders(fleet, http, accounts.all(), options.seed());
        senders.start();
        try (Supervisor supervisor = new Supervisor(fleet)) {
            return torture(accounts, senders, supervisor);
        }
    }

    private TortureReport torture(LinkedAccounts accounts, Senders senders, Supervisor supervisor) {
        supervisor.watch("outbox", "outbox");
        supervisor.watch("gateway", "gateway");
        for (int i = 1; i <= options.workers(); i++) {
            watchWorker(supervisor, "worker-" + i);
        }
        Patience.pass(UNDISTURBED);
        for (int round = 1; round <= options.rounds(); round++) {
            say("round %d of %d, %d messages accepted", round, options.rounds(), senders.count());
            perform(dice.strike());
            Patience.pass(Duration.ofMillis(dice.pauseMs(300, 4_000)));
            if (round == (options.rounds() + 1) / 2) {
                restartBroker();
            }
            List<Stroke> recovery = dice.recover(false);
            recovery.forEach(this::perform);
            recovery.forEach(stroke -> awaitRunning(stroke, supervisor));
            Patience.pass(Duration.ofMillis(dice.pauseMs(300, 3_000)));
        }
        List<Stroke> recovery = dice.recover(true);
        recovery.forEach(this::perform);
        recovery.forEach(stroke -> awaitRunning(stroke, supervisor));
        Patience.pass(UNDISTURBED);
        say("stopping the clients");
        senders.stop();
        return judged(accounts, senders, supervisor);
    }

    private static void watchWorker(Supervisor supervisor, String name) {
        supervisor.watch(name, "worker", "--worker-id", name);
    }

    private void restartBroker() {
        stroke("kill -9 broker");
        fleet.process("broker").kill();
        Patience.pass(BROKER_DOWN);
        stroke("start broker");
        fleet.start("broker", "broker");
    }

    private void perform(Stroke stroke) {
        stroke(stroke.toString());
        switch (stroke) {
            case Stroke.Kill(String name) -> fleet.process(name).kill();
            case Stroke.End(String name) -> fleet.process(name).askToEnd();
            case Stroke.Freeze(String name) -> fleet.process(name).freeze();
            case Stroke.Wake(String name) -> fleet.process(name).wake();
            case Stroke.Start(String name) -> start(name);
        }
    }

    /** A worker that only starts is none yet: the next stroke must not take the last one that works. */
    private void awaitRunning(Stroke recovery, Supervisor supervisor) {
        if (recovery instanceof Stroke.Start(String name) && name.startsWith("worker-")) {
            watchWorker(supervisor, name);
            fleet.await(name + " runs", () -> fleet.process(name).isRunning());
        }
    }

    /** What was told to end may still be at it: two gateways cannot have one port, nor two outboxes one folder. */
    private void start(String name) {
        if (name.startsWith("worker-")) {
            fleet.startWorker(name);
            return;
        }
        FleetProcess before = fleet.process(name);
        fleet.await(name + " has ended", () -> !before.isAlive());
        fleet.start(name, name);
    }

    private void stroke(String what) {
        strokes.add(what);
        say("  %s", what);
    }

    /** Waits until all is well, or patience is over; then looks at everything. */
    private TortureReport judged(LinkedAccounts accounts, Senders senders, Supervisor supervisor) {
        long stopped = System.nanoTime();
        SimulatorBooks books = new SimulatorBooks(fleet, http);
        var accepted = senders.accepted();
        say("waiting until all accounts are connected and %d messages received", senders.count());
        boolean isSettled = Patience.within(SETTLED_WITHIN, () -> {
            Patience.pass(Duration.ofMillis(300));
            return accounts.loggedIn() == options.accounts() && accounts.connected() == options.accounts()
                    && books.summary().inboundWaiting() == 0
                    && Verdict.missing(accepted, Verdict.shown(books.messages())) == 0;
        });
        long loggedIn = accounts.loggedIn();
        Map<String, Integer> statuses = accounts.statuses();
        long settledMs = (System.nanoTime() - stopped) / 1_000_000;
        List<String> all = accepted.values().stream().flatMap(List::stream).toList();
        boolean _ = Patience.within(Duration.ofSeconds(30), () -> FleetRecords.read(fleet.kafka()).unsent(all) == 0);
        FleetRecords records = FleetRecords.read(fleet.kafka());

        List<String> problems = new ArrayList<>(senders.refused());
        problems.addAll(supervisor.problems());
        if (!isSettled) {
            problems.add("not settled within " + SETTLED_WITHIN.toSeconds() + " s: " + loggedIn + " of "
                    + options.accounts() + " accounts are connected; the gateway says " + statuses);
        }
        problems.addAll(Verdict.chats(accepted, Verdict.shown(books.messages())));
        problems.addAll(Verdict.figures(books.summary()));
        problems.addAll(untold(accounts, books, records));
        add(problems, records.unsent(all), "accepted messages have no status that says they were sent");
        add(problems, records.deadLetters(), "dead letters");
        add(problems, records.formerOwnerWrites(), "writes of former owners were accepted");
        TortureReport report = new TortureReport(options.seed(), options.accounts(), options.workers(),
                options.rounds(), List.copyOf(strokes), supervisor.restarts(), senders.count(), senders.repeats(),
                books.summary().unique(),
                books.summary().inbound(), statuses, settledMs, List.copyOf(problems));
        print(report, isSettled);
        return report;
    }

    /** Messages for accounts that WhatsApp was told are stored, and no event tells. */
    private static List<String> untold(LinkedAccounts accounts, SimulatorBooks books, FleetRecords records) {
        Map<String, LinkedAccounts.Account> byPhone = new HashMap<>();
        accounts.all().forEach(a -> byPhone.put(a.phone(), a));
        List<LedgerInbound> untold = books.inbound().stream()
                .filter(m -> m.receivedAt() != null && byPhone.containsKey(m.phone().digits())
                        && !records.inbound().contains(
                                new FleetRecords.Inbound(byPhone.get(m.phone().digits()).id(), m.id())))
                .toList();
        List<String> problems = new ArrayList<>();
        add(problems, untold.size(), "inbound messages were acknowledged and no event tells of them");
        return problems;
    }

    private static void add(List<String> problems, long count, String what) {
        if (count != 0) {
            problems.add(count + " " + what);
        }
    }

    private void print(TortureReport report, boolean isSettled) {
        say("%n%d strokes, seed %d: %d messages accepted, %d received, %d inbound", report.strokes().size(),
                report.seed(), report.accepted(), report.received(), report.inbound());
        say("requests that clients had to repeat: %s", report.repeats());
        if (!report.restarts().isEmpty()) {
            say("started again after they ended by themselves: %s", String.join(", ", report.restarts()));
        }
        say(isSettled ? "all connected and received %d ms after the clients stopped" : "not settled after %d ms",
                report.settledMs());
        report.problems().forEach(problem -> say("PROBLEM: %s", problem));
        if (report.problems().isEmpty()) {
            say("no problem: all accounts connected, every accepted message received once and in order");
        }
    }

    private void say(String format, Object... values) {
        out.printf(format + "%n", values);
        out.flush();
    }
}
