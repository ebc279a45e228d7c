package io.wafleet.cli.torture;

import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.ProcessFleet;
import io.wafleet.contract.JsonCodec;
import io.wafleet.simulator.ledger.LedgerInbound;
import io.wafleet.simulator.ledger.LedgerMessage;
import io.wafleet.simulator.ledger.LedgerPage;
import io.wafleet.simulator.ledger.LedgerSummary;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/** The simulator's ledger. Messages are read on from where the last reading ended. */
final class SimulatorBooks {
    private static final int PAGE = 5_000;

    private final ProcessFleet fleet;
    private final Http http;
    private final List<LedgerMessage> messages = new ArrayList<>();
    private long read;

    SimulatorBooks(ProcessFleet fleet, Http http) {
        this.fleet = fleet;
        this.http = http;
    }

    LedgerSummary summary() {
        return JsonCodec.mapper().readValue(body("/api/ledger/summary"), LedgerSummary.class);
    }

    /** All messages that clients sent so far, in the order of receipt. */
    List<LedgerMessage> messages() {
        LedgerPage<LedgerMessage> page;
        do {
            page = JsonCodec.mapper().readValue(body("/api/ledger/messages?limit=" + PAGE + "&since=" + read),
                    new TypeReference<LedgerPage<LedgerMessage>>() {
                    });
            messages.addAll(page.items());
            read = page.next();
        } while (page.more());
        return messages;
    }

    /** All messages for accounts. */
    List<LedgerInbound> inbound() {
        List<LedgerInbound> all = new ArrayList<>();
        LedgerPage<LedgerInbound> page = new LedgerPage<>(List.of(), 0, true);
        while (page.more()) {
            page = JsonCodec.mapper().readValue(
                    body("/api/ledger/inbound?limit=" + PAGE + "&since=" + page.next()),
                    new TypeReference<LedgerPage<LedgerInbound>>() {
                    });
            all.addAll(page.items());
        }
        return all;
    }

    private String body(String path) {
        return http.get(fleet.simulator(path)).ok().toString();
    }
}
