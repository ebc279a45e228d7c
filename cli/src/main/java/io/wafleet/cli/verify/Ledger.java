package io.wafleet.cli.verify;

import io.wafleet.cli.fleet.Http;
import io.wafleet.contract.JsonCodec;
import io.wafleet.simulator.ledger.LedgerConnection;
import io.wafleet.simulator.ledger.LedgerMessage;
import io.wafleet.simulator.ledger.LedgerPage;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/** What the simulated WhatsApp wrote down. Thread-safe. */
final class Ledger {
    private static final String ALL = "limit=10000";

    private final Http http;
    private final String url;

    Ledger(Http http, String url) {
        this.http = http;
        this.url = url;
    }

    /** Every connection that called itself this account, the oldest first. */
    List<LedgerConnection> connections(String account) {
        return page("/api/ledger/connections?" + ALL + "&account=" + account, new TypeReference<>() {
        });
    }

    /** Every message that the account's phone sent, the oldest first. */
    List<LedgerMessage> messages(String phone) {
        return page("/api/ledger/messages?" + ALL + "&phone=" + phone, new TypeReference<>() {
        });
    }

    /** How often a connection that another had replaced went on acting. */
    long olderActed() {
        return http.get(url + "/api/ledger/summary").ok().path("olderActed").asLong();
    }

    private <T> List<T> page(String path, TypeReference<LedgerPage<T>> type) {
        return JsonCodec.mapper().readValue(http.get(url + path).ok().toString(), type).items();
    }
}
