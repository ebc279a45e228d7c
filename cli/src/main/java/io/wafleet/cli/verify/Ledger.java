package io.wafleet.cli.verify;

import io.wafleet.cli.fleet.Http;
import io.wafleet.contract.JsonCodec;
import io.wafleet.simulator.ledger.LedgerConnection;
import io.wafleet.simulator.ledger.LedgerMessage;
import io.wafleet.simulator.ledger.LedgerPage;
import java.time.Duration;
import java.time.Instant;
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

    private List<LedgerMessage> messages(String phone) {
        return page("/api/ledger/messages?" + ALL + "&phone=" + phone, new TypeReference<>() {
        });
    }

    /** How many of them were shown in this chat. */
    long shown(String phone, String to) {
        return messages(phone).stream().filter(m -> m.isShown() && m.chat().jid().startsWith(to + "@")).count();
    }

    /** Whether it is logged in now. */
    static boolean isLive(LedgerConnection connection) {
        return connection.loggedInAt() != null && connection.endedAt() == null;
    }

    /** The longest time from the end of a login to the next one, of those that led to a connection after this number. */
    static Duration longestGap(List<LedgerConnection> connections, long after) {
        Instant away = null;
        Duration longest = Duration.ZERO;
        for (LedgerConnection connection : connections) {
            Instant in = connection.loggedInAt();
            if (in == null) {
                continue;
            }
            if (away != null && connection.number() > after && Duration.between(away, in).compareTo(longest) > 0) {
                longest = Duration.between(away, in);
            }
            away = connection.endedAt();
        }
        return longest;
    }

    /** The account that the phone is linked to; empty when there is none. */
    String linkedTo(String phone) {
        return http.get(url + "/api/phones/" + phone).ok().path("account").asString("");
    }

    /** How often a connection that another had replaced went on acting. */
    long olderActed() {
        return http.get(url + "/api/ledger/summary").ok().path("olderActed").asLong();
    }

    private <T> List<T> page(String path, TypeReference<LedgerPage<T>> type) {
        return JsonCodec.mapper().readValue(http.get(url + path).ok().toString(), type).items();
    }
}
