package io.wafleet.simulator.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.Chat;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.simulator.ledger.Ledger;
import io.wafleet.simulator.loop.SimulatorLoop;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** {@code /api/ledger...}: what was received. */
final class LedgerRoutes {
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MAX_LIMIT = 10_000;

    private final SimulatorLoop loop;

    LedgerRoutes(SimulatorLoop loop) {
        this.loop = loop;
    }

    void mount(Router router) {
        router.get("/api/ledger/summary").handler(context -> Answers.json(context, read(Ledger::summary)));
        router.get("/api/ledger/messages").handler(this::messages);
        router.get("/api/ledger/messages.ndjson").handler(new LedgerStream(loop));
        router.get("/api/ledger/connections").handler(this::connections);
        router.get("/api/ledger/inbound").handler(this::inbound);
        router.get("/api/ledger/double-connections")
                .handler(context -> Answers.json(context, Map.of("items", read(l -> l.doubles().all()))));
        router.get("/api/ledger/clock")
                .handler(context -> Answers.json(context, Map.of("now", loop.<Instant>ask((_, at) -> at))));
        router.delete("/api/ledger").handler(this::clear);
    }

    private <T> T read(Function<Ledger, T> question) {
        return loop.ask((whatsApp, _) -> question.apply(whatsApp.ledger()));
    }

    private void messages(RoutingContext context) {
        PhoneNumber phone = Requests.optionalPhone(context);
        Chat chat = Requests.optionalChat(context);
        Answers.json(context, read(l -> l.messages().after(since(context), limit(context),
                m -> (phone == null || m.phone().equals(phone)) && (chat == null || m.chat().equals(chat)))));
    }

    private void inbound(RoutingContext context) {
        PhoneNumber phone = Requests.optionalPhone(context);
        Chat chat = Requests.optionalChat(context);
        Answers.json(context, read(l -> l.inbound().after(since(context), limit(context),
                m -> (phone == null || m.phone().equals(phone)) && (chat == null || m.chat().equals(chat)))));
    }

    private void connections(RoutingContext context) {
        PhoneNumber phone = Requests.optionalPhone(context);
        String client = context.request().getParam("account");
        Answers.json(context, read(l -> l.connections().after(since(context), limit(context),
                c -> (phone == null || phone.equals(c.phone())) && (client == null || client.equals(c.client())))));
    }

    private void clear(RoutingContext context) {
        loop.turn((whatsApp, _) -> whatsApp.ledger().clear());
        Answers.json(context, Map.of("success", true));
    }

    private static long since(RoutingContext context) {
        return Requests.number(context, "since", 0, 0, Long.MAX_VALUE);
    }

    private static int limit(RoutingContext context) {
        return (int) Requests.number(context, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    }
}
