package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Pacing;
import io.wafleet.contract.Reply.PacingReply;
import io.wafleet.gateway.desk.OutboxDesk;
import io.wafleet.gateway.view.AccountView;
import io.wafleet.gateway.view.Fleet;
import java.util.Map;

/** How fast an account sends. The outbox keeps it and is asked each time, so what is shown is what counts. */
final class PacingEndpoints {
    private final EventLoop loop;
    private final Fleet fleet;
    private final OutboxDesk desk;

    PacingEndpoints(EventLoop loop, Fleet fleet, OutboxDesk desk) {
        this.loop = loop;
        this.fleet = fleet;
        this.desk = desk;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("getPacing", this::get, "putPacing", this::put, "deletePacing", this::delete);
    }

    private Future<Answer> get(RoutingContext context) {
        AccountId account = known(context);
        return ask(account, (id, at) -> new OutboxRequest.TellPacing(id, account, at));
    }

    private Future<Answer> put(RoutingContext context) {
        AccountId account = known(context);
        JsonObject body = Endpoint.body(context);
        Pacing pacing = new Pacing((int) whole(body, "burst", Pacing.MAX_BURST),
                whole(body, "intervalMs", Pacing.MAX_INTERVAL.toMillis()));
        return ask(account, (id, at) -> new OutboxRequest.SetPacing(id, account, pacing, at));
    }

    private Future<Answer> delete(RoutingContext context) {
        AccountId account = known(context);
        return ask(account, (id, at) -> new OutboxRequest.ClearPacing(id, account, at));
    }

    /** A whole number, as the contract has it. Compared as it was written: narrowed first, 2^32 + 1 would be 1. */
    private static long whole(JsonObject body, String field, long max) {
        Number written = body.getNumber(field);
        if (!(written.doubleValue() >= 1 && written.doubleValue() <= max)) {
            throw Problem.invalid(field + ": must be 1 to " + max);
        }
        return written.longValue();
    }

    private AccountId known(RoutingContext context) {
        AccountId account = GivenIds.account(context);
        if (fleet.accounts().find(account).filter(AccountView::isListed).isEmpty()) {
            throw Problem.unknownAccount();
        }
        return account;
    }

    private Future<Answer> ask(AccountId account, OutboxDesk.Question question) {
        return loop.resume(desk.ask(account, question)).compose(end -> OutboxAnswers.told(end, PacingReply.class))
                .map(reply -> Answer.success("accountId", account.value(), "burst", reply.pacing().burst(),
                        "intervalMs", reply.pacing().intervalMs(), "overridden", reply.overridden()));
    }
}
