package io.wafleet.cli.fleet;

import io.wafleet.contract.JsonCodec;
import io.wafleet.simulator.ledger.LedgerConnection;
import io.wafleet.simulator.ledger.LedgerMessage;
import io.wafleet.simulator.ledger.LedgerPage;
import io.wafleet.simulator.ledger.LedgerSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.type.TypeReference;

/** The simulator's ledger, and its clock: the one clock of all figures. */
public final class LedgerReader {
    private static final int CLOCK_SAMPLES = 20;
    private static final int PAGE = 10_000;

    private final ProcessFleet fleet;
    private final Http http;
    private Instant base = Instant.EPOCH;
    private long baseNanos;

    public LedgerReader(ProcessFleet fleet, Http http) {
        this.fleet = fleet;
        this.http = http;
    }

    public LedgerSummary summary() {
        return JsonCodec.mapper().treeToValue(http.get(fleet.simulator("/api/ledger/summary")).ok(),
                LedgerSummary.class);
    }

    /** The connections after the number, the first one first. */
    public List<LedgerConnection> connectionsAfter(long number) {
        List<LedgerConnection> all = new ArrayList<>();
        LedgerPage<LedgerConnection> page = new LedgerPage<>(List.of(), number, true);
        while (page.more()) {
            String body = http.get(fleet.simulator(
                    "/api/ledger/connections?limit=" + PAGE + "&since=" + page.next())).ok().toString();
            page = JsonCodec.mapper().readValue(body, new TypeReference<LedgerPage<LedgerConnection>>() {
            });
            all.addAll(page.items());
        }
        return all;
    }

    /** The messages after the number that clients sent, the first one first. */
    public List<LedgerMessage> messagesAfter(long number) {
        List<LedgerMessage> all = new ArrayList<>();
        eachMessageAfter(number, all::add);
        return all;
    }

    /** The same, one at a time, where they would be too many to hold. */
    public void eachMessageAfter(long number, Consumer<LedgerMessage> taker) {
        LedgerPage<LedgerMessage> page = new LedgerPage<>(List.of(), number, true);
        while (page.more()) {
            String body = http.get(fleet.simulator("/api/ledger/messages?limit=" + PAGE + "&since=" + page.next())).ok()
                    .toString();
            page = JsonCodec.mapper().readValue(body, new TypeReference<LedgerPage<LedgerMessage>>() {
            });
            page.items().forEach(taker);
        }
    }

    /** Finds out what the ledger's clock says when ours says something: the quickest of several answers tells it best. */
    public void setClock() {
        long quickest = Long.MAX_VALUE;
        for (int i = 0; i < CLOCK_SAMPLES; i++) {
            long asked = System.nanoTime();
            String now = http.get(fleet.simulator("/api/ledger/clock")).ok().path("now").asString();
            long took = System.nanoTime() - asked;
            if (took < quickest) {
                quickest = took;
                base = Instant.parse(now);
                baseNanos = asked + took / 2;
            }
        }
    }

    /** What the ledger's clock said at a moment of {@link System#nanoTime()}. */
    public Instant at(long nanos) {
        return base.plus(Duration.ofNanos(nanos - baseNanos));
    }
}
