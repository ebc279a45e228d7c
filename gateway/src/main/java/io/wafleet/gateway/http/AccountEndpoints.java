package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Command;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.Reply.CommandReply;
import io.wafleet.contract.WorkerId;
import io.wafleet.gateway.desk.AccountDesk;
import io.wafleet.gateway.desk.Clocks;
import io.wafleet.gateway.request.CommandAnswer;
import io.wafleet.gateway.view.AccountStanding;
import io.wafleet.gateway.view.AccountView;
import io.wafleet.gateway.view.Fleet;
import io.wafleet.gateway.view.Ownership;
import io.wafleet.identity.AccountIds;
import io.wafleet.identity.PhoneNumbers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows accounts, and adds them: one phone, in whatever notation, is one account. */
final class AccountEndpoints {
    private final EventLoop loop;
    private final Fleet fleet;
    private final AccountDesk desk;
    private final PhoneNumbers phones;
    private final AccountIds ids;
    private final QrCodes codes;
    private final Clocks clocks;

    AccountEndpoints(EventLoop loop, Fleet fleet, AccountDesk desk, PhoneNumbers phones, AccountIds ids, QrCodes codes,
            Clocks clocks) {
        this.loop = loop;
        this.fleet = fleet;
        this.desk = desk;
        this.phones = phones;
        this.ids = ids;
        this.codes = codes;
        this.clocks = clocks;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("addAccount", this::add, "listAccounts", this::list, "getAccount", this::get);
    }

    private Future<Answer> list(RoutingContext context) {
        String written = context.request().getParam("phone");
        List<AccountStanding> standings = written == null
                ? fleet.listed(clocks.now(), clocks.nanos())
                : ofPhone(phone(written));
        return loop.aside(() -> {
            List<AccountJson> accounts = standings.stream()
                    .map(s -> AccountJson.of(s, codes)).toList();
            return Answer.success("accounts", accounts, "cached", false);
        });
    }

    /** Under whatever id the fleet knows it, those of older releases included. */
    private List<AccountStanding> ofPhone(PhoneNumber phone) {
        return fleet.accounts().firstKnown(ids.candidates(phone)).filter(AccountView::isListed)
                .flatMap(known -> fleet.find(known.account(), clocks.now(), clocks.nanos())).stream().toList();
    }

    private PhoneNumber phone(String written) {
        return phones.parse(written).orElseThrow(
                () -> Problem.invalid("phone: must be a possible phone number, best with + and country code"));
    }

    private Future<Answer> get(RoutingContext context) {
        AccountStanding standing = fleet.find(GivenIds.account(context), clocks.now(), clocks.nanos())
                .orElseThrow(Problem::unknownAccount);
        return loop.aside(() -> Answer.success("account", AccountJson.of(standing, codes)));
    }

    private Future<Answer> add(RoutingContext context) {
        PhoneNumber phone = phone(Endpoint.requiredText(context, "phone"));
        String given = Endpoint.text(context, "name");
        @Nullable
        String name = given == null ? null : AccountNames.read(given);
        AccountId account = fleet.accounts().firstKnown(ids.candidates(phone)).map(AccountStatusRecord::account)
                .orElseGet(() -> ids.of(phone));
        return loop.resume(
                desk.run(account,
                        s -> new Command.LinkAccount(s.id(), account, s.issuedAt(), s.epoch(), phone, name)))
                .compose(end -> switch (end) {
                    // It is linked already, which is all that was wanted.
                    case CommandAnswer.Refused r when "already_connected".equals(r.reply().code()) ->
                        Future.succeededFuture(added(r.reply(), phone, name));
                    default -> CommandAnswers.applied(end).map(r -> added(r, phone, name));
                });
    }

    private Answer added(CommandReply reply, PhoneNumber phone, @Nullable String name) {
        AccountStatus status = reply.status() == null ? AccountStatus.CONNECTING : reply.status();
        AccountStatusRecord record = fleet.accounts().find(reply.account()).orElseGet(() -> {
            AccountStatusRecord provisional = provisional(reply, phone, name, status);
            fleet.accounts().announce(provisional);
            return provisional;
        });
        return Answer.success("message", StatusText.started(status, record.requiresQr()), "account",
                Answer.fields("id", reply.account().value(), "name", name == null ? record.name() : name, "phone",
                        phone.e164(), "status", status.wire(), "qrCode", null, "pairingCode", null, "createdAt",
                        record.createdAt()));
    }

    /** Stands in until the changelog has the account. */
    private AccountStatusRecord provisional(CommandReply reply, PhoneNumber phone, @Nullable String name,
            AccountStatus status) {
        Ownership ownership = fleet.ownership().of(fleet.partitions().of(reply.account()), clocks.nanos());
        WorkerId worker = ownership instanceof Ownership.Live live ? live.worker() : new WorkerId("unknown");
        Epoch epoch = ownership instanceof Ownership.Live live ? live.epoch() : Epoch.NONE;
        return new AccountStatusRecord(reply.account(), phone, name, DesiredState.CONNECTED, status, null, null, true,
                worker, epoch, reply.at(), reply.at(), null, reply.at(), reply.id(), null, null);
    }
}
