package io.wafleet.cli.load;

import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.LedgerReader;
import io.wafleet.cli.fleet.LinkedAccounts;
import io.wafleet.cli.fleet.Patience;
import io.wafleet.cli.fleet.ProcessFleet;
import io.wafleet.cli.fleet.Workspace;
import io.wafleet.kafka.KafkaClients;
import io.wafleet.simulator.ledger.LedgerMessage;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code wafleet bench latency}: messages at a steady rate over HTTP, and when each was received and its status visible; beside them, in the
 * same run and at the same rate, a bare record on its way through the broker.
 */
public final class LatencyBench {
    private static final int HEAP_MB = 512;
    private static final int WARM_UP_RATE = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LatencyOptions options;
    private final PrintStream out;
    private final ProcessFleet fleet;
    private final Http http;
    private final LedgerReader ledger;
    private int numbered;

    private LatencyBench(LatencyOptions options, PrintStream out, ProcessFleet fleet, Http http) {
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
    public static LatencyReport run(LatencyOptions options, Distribution distribution, PrintStream out) {
        try (Workspace workspace = Workspace.open("bench", options.directory());
                ProcessFleet fleet = new ProcessFleet(distribution.optimised(HEAP_MB), workspace.directory(),
                        options.partitions(), Map.of("WAFLEET_SIMULATOR_LEDGER_ENTRIES", "5000000"));
                Http http = new Http()) {
            LatencyReport report = new LatencyBench(options, out, fleet, http).run();
            workspace.forget();
            return report;
        }
    }

    private LatencyReport run() {
        say("starting broker, simulator, outbox, gateway and " + options.workers() + " workers");
        fleet.startAll(http, options.workers());
        say("linking " + options.accounts() + " accounts");
        Addressees addressees = new Addressees(LinkedAccounts.link(fleet, http, options.accounts()).all());
        KafkaClients clients = new KafkaClients(fleet.kafka());
        BareLine floor = new BareLine(clients);
        say("warming up: %d messages a second for %d s, and then until the compilers are at rest".formatted(
                WARM_UP_RATE, options.warmUp().toSeconds()));
        List<LatencyReport.Rate> rates = new ArrayList<>();
        try (StatusTrail statuses = new StatusTrail(clients)) {
            WarmUp.of(fleet, this::say).run(options.warmUp(),
                    time -> measure(addressees, statuses, WARM_UP_RATE, time));
            floor.measure(WARM_UP_RATE, Duration.ofSeconds(3));
            say("%nms, p50 / p95 / p99 / max".formatted());
            for (int rate : options.ratesPerSecond()) {
                Sample sample = measure(addressees, statuses, rate, options.time());
                LatencyReport.Rate told = sample.against(floor.measure(rate, options.time()));
                rates.add(told);
                tell(told);
            }
        }
        LatencyReport report = new LatencyReport("latency", options.accounts(), options.workers(), options.partitions(),
                List.copyOf(rates));
        return report;
    }

    /** What became of the messages of one rate. */
    private record Sample(int rate, int messages, List<Long> received, List<Long> visible, long refused, long lost,
            long duplicates, long resent, long notVisible) {
        LatencyReport.Rate against(Quantiles floor) {
            Quantiles toReceived = Quantiles.ofNanos(received);
            return new LatencyReport.Rate(rate, messages, toReceived, Quantiles.ofNanos(visible), floor,
                    Rounded.to2(toReceived.p50() / Math.max(0.1, floor.p50())), refused, lost, duplicates, resent,
                    notVisible);
        }
    }

    private Sample measure(Addressees addressees, StatusTrail statuses, int rate, Duration time) {
        int count = OpenLoop.count(rate, time);
        long before = ledger.summary().messages();
        Map<String, Long> due = new ConcurrentHashMap<>();
        Set<Integer> refused = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        ledger.setClock();
        OpenLoop loop = new OpenLoop(rate);
        int first = numbered;
        loop.run(count, i -> answers.add(http.postAsync(fleet.gateway("/api/whatsapp/send-message"),
                addressees.request(first + i), "Prefer", "respond-async").thenAccept(answer -> {
                    if (answer.status() == 202) {
                        due.put(answer.json().path("messageId").asString(), loop.due(i));
                    } else {
                        refused.add(i);
                    }
                })));
        numbered += count;
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        Patience.whileMoving(PATIENCE, statuses::count,
                () -> due.keySet().stream().allMatch(id -> statuses.sentAt(id).isPresent()));
        Map<String, Instant> received = new HashMap<>();
        long duplicates = 0;
        long resent = 0;
        for (LedgerMessage message : ledger.messagesAfter(before)) {
            if (due.containsKey(message.id().value())) {
                if (received.putIfAbsent(message.id().value(), message.at()) != null) {
                    resent++;
                } else if (message.duplicateContent()) {
                    duplicates++;
                }
            }
        }
        List<Long> toReceived = new ArrayList<>();
        List<Long> toVisible = new ArrayList<>();
        due.forEach((id, nanos) -> {
            Instant at = received.get(id);
            if (at != null) {
                toReceived.add(Duration.between(ledger.at(nanos), at).toNanos());
            }
            statuses.sentAt(id).ifPresent(seen -> toVisible.add(seen - nanos));
        });
        Set<String> lost = new HashSet<>(due.keySet());
        lost.removeAll(received.keySet());
        long notVisible = received.keySet().stream().filter(id -> statuses.sentAt(id).isEmpty()).count();
        return new Sample(rate, count, toReceived, toVisible, refused.size(), lost.size(), duplicates,
                resent, notVisible);
    }

    private void tell(LatencyReport.Rate rate) {
        say("%d messages a second".formatted(rate.ratePerSecond()));
        say("  accept to received        " + rate.acceptToReceivedMs());
        say("  accept to status visible  " + rate.acceptToStatusMs());
        say("  floor                     " + rate.floorMs());
        say("  received to floor, p50    " + rate.ratioP50());
        say("  refused %d, lost %d, duplicates %d, resent %d, not visible %d of %d".formatted(rate.refused(),
                rate.lost(),
                rate.duplicates(), rate.resent(), rate.notVisible(), rate.messages()));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
