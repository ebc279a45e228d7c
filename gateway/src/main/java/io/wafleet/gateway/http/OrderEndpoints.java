package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Command;
import io.wafleet.contract.Reply.CommandReply;
import io.wafleet.gateway.desk.AccountDesk;
import io.wafleet.gateway.desk.Clocks;
import io.wafleet.gateway.view.AccountStanding;
import io.wafleet.gateway.view.AccountView;
import io.wafleet.gateway.view.Fleet;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Orders for an account that is there: its name, its connection, its pairing, its end. */
final class OrderEndpoints {
    private final EventLoop loop;
    private final Fleet fleet;
    private final AccountDesk desk;
    private final QrCodes codes;
    private final Clocks clocks;

    OrderEndpoints(EventLoop loop, Fleet fleet, AccountDesk desk, QrCodes codes, Clocks clocks) {
        this.loop = loop;
        this.fleet = fleet;
        this.desk = desk;
        this.codes = codes;
        this.clocks = clocks;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("renameAccount", this::rename, "deleteAccount", this::delete, "disconnectAccount",
                this::disconnect, "reconnectAccount", this::reconnect, "regenerateQr", this::regenerateQr,
                "requestPairingCode", this::requestPairingCode);
    }

    private Future<Answer> rename(RoutingContext context) {
        AccountStatusRecord known = known(context);
        String name = AccountNames.read(Endpoint.requiredText(context, "name"));
        return run(known, s -> new Command.RenameAccount(s.id(), known.account(), s.issuedAt(), s.epoch(), name),
                reply -> Answer.success("message", "Account name updated", "account",
                        Answer.fields("id", known.account().value(), "name", name, "phone", known.phone().e164(),
                                "status", status(reply, known))));
    }

    private Future<Answer> delete(RoutingContext context) {
        AccountStatusRecord known = known(context);
        return run(known, s -> new Command.DeleteAccount(s.id(), known.account(), s.issuedAt(), s.epoch()),
                _ -> Answer.success("message", "Account deleted", "accountId", known.account().value(), "status",
                        AccountStatus.DELETED.wire()));
    }

    private Future<Answer> disconnect(RoutingContext context) {
        AccountStatusRecord known = known(context);
        return run(known, s -> new Command.DisconnectAccount(s.id(), known.account(), s.issuedAt(), s.epoch()),
                reply -> Answer.success("accountId", known.account().value(), "tsDisconnect", reply.at(), "reason",
                        "user_disconnect", "status", status(reply, known)));
    }

    private Future<Answer> reconnect(RoutingContext context) {
        AccountStatusRecord known = known(context);
        return run(known, s -> new Command.ReconnectAccount(s.id(), known.account(), s.issuedAt(), s.epoch()),
                reply -> Answer.success("message",
                        StatusText.started(reply.status() == null ? known.status() : reply.status(), false),
                        "accountId", known.account().value(), "status",
                        status(reply, known)));
    }

    private Future<Answer> regenerateQr(RoutingContext context) {
        AccountStatusRecord known = known(context);
        boolean force = Boolean.parseBoolean(context.request().getParam("force"));
        return run(known,
                s -> new Command.RegenerateQr(s.id(), known.account(), s.issuedAt(), s.epoch(), force),
                reply -> standingQr(reply).orElseGet(() -> Answer.success("message", "QR regeneration started",
                        "status", status(reply, known))));
    }

    /** Inside an open window the QR that stands is the answer. */
    private Optional<Answer> standingQr(CommandReply reply) {
        if (reply.status() != AccountStatus.QR_READY) {
            return Optional.empty();
        }
        AccountStatusRecord.Qr qr = fleet.find(reply.account(), clocks.now(), clocks.nanos())
                .map(AccountStanding::qr).orElse(null);
        return qr == null
                ? Optional.empty()
                : Optional.of(Answer.success("message", "QR code already available", "qrCode",
                        codes.draw(qr.text()).dataUrl(), "status", AccountStatus.QR_READY.wire(), "ageSeconds",
                        Math.max(0, Duration.between(qr.issuedAt(), clocks.now()).toSeconds())));
    }

    private Future<Answer> requestPairingCode(RoutingContext context) {
        AccountStatusRecord known = known(context);
        return run(known,
                s -> new Command.RequestPairingCode(s.id(), known.account(), s.issuedAt(), s.epoch()), reply -> {
                    AccountStatusRecord.PairingCode code = fleet
                            .find(reply.account(), clocks.now(), clocks.nanos()).map(AccountStanding::pairingCode)
                            .orElse(null);
                    return Answer.success("message",
                            code == null ? "Pairing code requested" : "Pairing code already available", "accountId",
                            known.account().value(), "status", status(reply, known), "pairingCode",
                            code == null ? null : code.code());
                });
    }

    private AccountStatusRecord known(RoutingContext context) {
        return fleet.accounts().find(GivenIds.account(context)).filter(AccountView::isListed)
                .orElseThrow(Problem::unknownAccount);
    }

    /** The answer is made aside, for it may draw a QR. */
    private Future<Answer> run(AccountStatusRecord known, AccountDesk.Order order,
            Function<CommandReply, Answer> applied) {
        return loop.resume(desk.run(known.account(), order)).compose(CommandAnswers::applied)
                .compose(reply -> loop.aside(() -> applied.apply(reply)));
    }

    private static String status(CommandReply reply, AccountStatusRecord known) {
        return (reply.status() == null ? known.status() : reply.status()).wire();
    }
}
