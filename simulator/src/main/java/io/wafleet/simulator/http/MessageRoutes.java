package io.wafleet.simulator.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.Chat;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.simulator.loop.SimulatorLoop;
import io.wafleet.simulator.whatsapp.GroupView;
import io.wafleet.simulator.whatsapp.Letter;
import io.wafleet.simulator.whatsapp.People;
import io.wafleet.simulator.whatsapp.Written;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people write, one by one ({@code /api/phones/.../messages}, {@code /api/groups}), and loads ({@code /api/bursts}). */
final class MessageRoutes {
    private static final int MAX_BULK = 1_000;
    private static final int MAX_MEMBERS = 1_024;
    private static final int MAX_BURST = 10_000_000;

    private final SimulatorLoop loop;

    /** Many messages at once. */
    record Bulk(List<NewMessage> messages) {}

    /** What a group is called, and who is in it. */
    record NewGroup(String subject, List<String> members) {}

    /**
     * A load.
     *
     * @param accounts phones and account ids; absent: all that are linked
     * @param perSecond absent: as fast as can be
     */
    record NewBurst(@Nullable List<String> accounts, Integer messages, @Nullable Integer perSecond) {}

    MessageRoutes(SimulatorLoop loop) {
        this.loop = loop;
    }

    void mount(Router router) {
        router.post("/api/phones/:phone/messages").handler(this::write);
        router.post("/api/messages").handler(this::bulk);
        router.get("/api/groups").handler(
                context -> Answers.json(context, Map.of("groups", loop.ask((w, _) -> w.people().groups()))));
        router.put("/api/groups/:group").handler(this::keepGroup);
        router.post("/api/bursts").handler(this::burst);
        router.get("/api/bursts/:number").handler(this::burstNow);
    }

    private void write(RoutingContext context) {
        PhoneNumber from = Requests.phone(context);
        Answers.json(context, write(from, Requests.body(context, NewMessage.class)));
    }

    private void bulk(RoutingContext context) {
        List<NewMessage> messages = Requests.body(context, Bulk.class).messages();
        if (messages.isEmpty() || messages.size() > MAX_BULK) {
            throw Problem.invalid("messages", "must be 1 to " + MAX_BULK + " messages");
        }
        Answers.json(context, Map.of("messages",
                messages.stream().map(m -> write(Requests.phone("from", m.requiredFrom()), m)).toList()));
    }

    private Written write(PhoneNumber from, NewMessage message) {
        Letter letter = message.letter();
        String to = message.to();
        if (to == null && letter.group() == null) {
            throw Problem.invalid("to", "is missing; only a message into a group that was made needs none");
        }
        return Problem.orThrow(loop.ask((whatsApp, at) -> whatsApp.people().write(at, from,
                to == null ? null : recipient(whatsApp.people(), "to", to), letter)));
    }

    private static PhoneNumber recipient(People people, String field, String to) {
        return Requests.looksLikePhone(to)
                ? Requests.phone(field, to)
                : people.phoneOf(to).orElseThrow(
                        () -> new Problem(404, "unknown", field, "is no phone, and no account that was ever linked"));
    }

    private void keepGroup(RoutingContext context) {
        Chat group = Requests.group("group", Requests.inPath(context, "group"));
        NewGroup made = Requests.body(context, NewGroup.class);
        if (made.members().isEmpty() || made.members().size() > MAX_MEMBERS) {
            throw Problem.invalid("members", "must be 1 to " + MAX_MEMBERS + " phones or account ids");
        }
        Answers.json(context, loop.ask((whatsApp, _) -> {
            GroupView view = new GroupView(group, made.subject(), made.members().stream()
                    .map(member -> recipient(whatsApp.people(), "members", member)).distinct().toList());
            whatsApp.people().keep(view);
            return view;
        }));
    }

    private void burst(RoutingContext context) {
        NewBurst burst = Requests.body(context, NewBurst.class);
        int messages = within("messages", burst.messages(), 1);
        int perSecond = burst.perSecond() == null ? 0 : within("perSecond", burst.perSecond(), 1);
        List<String> accounts = burst.accounts() == null ? List.of() : burst.accounts();
        Answers.json(context, Problem.orThrow(loop.ask((whatsApp, at) -> whatsApp.bursts().begin(at,
                accounts.stream().map(a -> recipient(whatsApp.people(), "accounts", a)).distinct().toList(), messages,
                perSecond))));
    }

    private static int within(String field, int value, int min) {
        if (value < min || value > MAX_BURST) {
            throw Problem.invalid(field, "must be from " + min + " to " + MAX_BURST);
        }
        return value;
    }

    private void burstNow(RoutingContext context) {
        String number = Requests.inPath(context, "number");
        Answers.json(context, loop.ask((whatsApp, _) -> number.matches("[0-9]{1,9}")
                ? whatsApp.bursts().find(Long.parseLong(number))
                : java.util.Optional.empty()).orElseThrow(
                        () -> new Problem(404, "unknown", "number", "no burst of this number was begun")));
    }
}
