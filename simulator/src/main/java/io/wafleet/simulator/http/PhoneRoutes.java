package io.wafleet.simulator.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.simulator.loop.SimulatorLoop;
import io.wafleet.simulator.whatsapp.Answer;
import io.wafleet.simulator.whatsapp.Link;
import io.wafleet.simulator.whatsapp.PairingView;
import io.wafleet.simulator.whatsapp.People;
import io.wafleet.simulator.whatsapp.SimulatedWhatsApp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** {@code /api/phones...} and {@code /api/pairings}: what people with phones do and see. */
final class PhoneRoutes {
    private static final int MAX_PHONES = 500;

    private final SimulatorLoop loop;

    /** Scans a QR text, or the QR that an account shows: one of the two. */
    record Scan(@Nullable String qr, @Nullable String account) {}

    /** Types a pairing code. */
    record TypedCode(String code) {}

    /** Changes what a phone is; what is absent stays. */
    record PhoneChange(@Nullable Boolean registered, @Nullable Boolean autoRead) {}

    /** Injects a receipt for a message that this phone's account sent. */
    record NewReceipt(String id, String chat, Event.ReceiptKind kind) {}

    PhoneRoutes(SimulatorLoop loop) {
        this.loop = loop;
    }

    void mount(Router router) {
        router.get("/api/pairings").handler(this::pairings);
        router.get("/api/phones").handler(this::phones);
        router.get("/api/phones/:phone").handler(this::phone);
        router.patch("/api/phones/:phone").handler(this::change);
        router.post("/api/phones/:phone/scan").handler(this::scan);
        router.post("/api/phones/:phone/pairing-code").handler(this::type);
        router.delete("/api/phones/:phone/devices").handler(this::removeDevice);
        router.post("/api/phones/:phone/receipts").handler(this::receipt);
        router.get("/api/phones/:phone/chats").handler(this::chats);
        router.get("/api/phones/:phone/chats/:chat").handler(this::lines);
        router.post("/api/phones/:phone/chats/:chat/read").handler(this::read);
    }

    private <T> T ask(BiFunction<People, Instant, T> question) {
        return loop.ask((SimulatedWhatsApp whatsApp, Instant at) -> question.apply(whatsApp.people(), at));
    }

    private void pairings(RoutingContext context) {
        int limit = (int) Requests.number(context, "limit", MAX_PHONES, 1, MAX_PHONES);
        List<PairingView> all = ask((people, _) -> people.pairings());
        List<PairingView> newest = all.reversed().stream().limit(limit).toList();
        Answers.json(context, Map.of("pairings", newest, "total", all.size()));
    }

    private void phones(RoutingContext context) {
        String account = context.request().getParam("account");
        if (account != null) {
            Answers.json(context, Map.of("phones",
                    ask((people, _) -> people.phoneOf(account).map(people::phone).stream().toList())));
            return;
        }
        String after = context.request().getParam("after", "").strip();
        int limit = (int) Requests.number(context, "limit", MAX_PHONES, 1, MAX_PHONES);
        String from = after.isEmpty() ? "" : Requests.phone("after", after).e164();
        Answers.json(context, Map.of("phones", ask((people, _) -> people.phones(from, limit))));
    }

    private void phone(RoutingContext context) {
        PhoneNumber phone = Requests.phone(context);
        Answers.json(context, ask((people, _) -> people.phone(phone)));
    }

    private void change(RoutingContext context) {
        PhoneNumber phone = Requests.phone(context);
        PhoneChange change = Requests.body(context, PhoneChange.class);
        Answers.json(context, ask((people, _) -> {
            if (change.registered() != null) {
                people.register(phone, change.registered());
            }
            if (change.autoRead() != null) {
                people.readByItself(phone, change.autoRead());
            }
            return people.phone(phone);
        }));
    }

    private void scan(RoutingContext context) {
        PhoneNumber phone = Requests.phone(context);
        Scan scan = Requests.body(context, Scan.class);
        String qr = scan.qr();
        String account = scan.account();
        Answer<Link> answer;
        if (qr != null && account == null) {
            answer = ask((people, at) -> people.scan(at, phone, qr));
        } else if (account != null && qr == null) {
            answer = ask((people, at) -> people.scanAccount(at, phone, account));
        } else {
            throw Problem.invalid("qr", "either qr or account must be given");
        }
        Answers.json(context, Problem.orThrow(answer));
    }

    private void type(RoutingContext context) {
        PhoneNumber phone = Requests.phone(context);
        TypedCode typed = Requests.body(context, TypedCode.class);
        Answers.json(context, Problem.orThrow(ask((people, at) -> people.type(at, phone, typed.code()))));
    }

    private void removeDevice(RoutingContext context) {
        PhoneNumber phone = Requests.phone(context);
        Answers.json(context, Problem.orThrow(ask((people, at) -> people.removeDevice(at, phone))));
    }

    private void receipt(RoutingContext context) {
        PhoneNumber phone = Requests.phone(context);
        NewReceipt receipt = Requests.body(context, NewReceipt.class);
        Chat chat = Requests.chat("chat", receipt.chat());
        MessageId id = Requests.messageId("id", receipt.id());
        ask((people, at) -> {
            people.receipt(at, phone, chat, id, receipt.kind());
            return true;
        });
        Answers.json(context, Map.of("success", true));
    }

    private void chats(RoutingContext context) {
        PhoneNumber phone = Requests.phone(context);
        Answers.json(context, Map.of("chats", ask((people, _) -> people.chats(phone))));
    }

    private void lines(RoutingContext context) {
        PhoneNumber phone = Requests.phone(context);
        Chat chat = Requests.chat("chat", Requests.inPath(context, "chat"));
        Answers.json(context, Map.of("messages", ask((people, _) -> people.lines(phone, chat))));
    }

    private void read(RoutingContext context) {
        PhoneNumber phone = Requests.phone(context);
        Chat chat = Requests.chat("chat", Requests.inPath(context, "chat"));
        Answers.json(context, Map.of("read", ask((people, at) -> people.open(at, phone, chat))));
    }
}
