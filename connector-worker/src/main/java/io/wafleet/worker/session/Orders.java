package io.wafleet.worker.session;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Command;
import io.wafleet.contract.Command.AccountCommand;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.JournalRecord.AccountState;
import io.wafleet.contract.Reply.CommandResult;
import io.wafleet.worker.session.SessionEffect.AnnounceQr;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of a person's orders. Each order ends in exactly one answer; a refused one changes nothing. */
final class Orders {
    private final SessionPolicy policy;

    Orders(SessionPolicy policy) {
        this.policy = policy;
    }

    /** An order for an account that exists and is not deleted. */
    private record Order(Session before, AccountState account, AccountCommand command, Instant at, Draft draft) {

        Decision applied() {
            return Orders.applied(draft, command);
        }

        Decision refused(String code, String reason) {
            return Orders.refused(before, command, code, reason);
        }
    }

    Decision decide(Session before, SessionEvent.Ordered ordered) {
        AccountCommand command = ordered.command();
        AccountState account = before.account();
        if (account == null) {
            return command instanceof Command.LinkAccount link
                    ? create(before, link, ordered.at())
                    : refused(before, command, "account_unknown", "there is no such account");
        }
        Order order = new Order(before, account, command, ordered.at(),
                new Draft(policy, before, account, ordered.at()));
        if (account.status() == AccountStatus.DELETED && !(command instanceof Command.LinkAccount)
                && !(command instanceof Command.DeleteAccount)) {
            return order.refused("deleted", "the account is deleted; add it again to bring it back");
        }
        return switch (command) {
            case Command.LinkAccount link -> link(order, link);
            case Command.RegenerateQr regenerate -> regenerate(order, regenerate.force());
            case Command.RequestPairingCode _ -> pairingCode(order);
            case Command.DisconnectAccount _ -> disconnect(order);
            case Command.ReconnectAccount _ -> reconnect(order);
            case Command.RenameAccount rename -> rename(order, rename);
            case Command.DeleteAccount _ -> delete(order);
        };
    }

    private Decision create(Session before, Command.LinkAccount link, Instant at) {
        AccountState account = new AccountState(link.account(), link.phone(), link.name(), DesiredState.CONNECTED,
                AccountStatus.CONNECTING, null, null, true, at, at, null, null, null);
        return applied(new Draft(policy, before, account, at).awaitTurn(Aim.SHOW_QR), link);
    }

    private static Decision link(Order order, Command.LinkAccount link) {
        if (!order.account.phone().equals(link.phone())) {
            return order.refused(Reasons.PHONE_MISMATCH, "the account has another phone");
        }
        String name = link.name();
        if (name != null) {
            order.draft.named(name);
        }
        switch (order.before.link()) {
            case Link.Idle _ -> {
                if (order.before.paired()) {
                    connectAgain(order.draft);
                } else {
                    order.draft.startPairing(Aim.SHOW_QR, false);
                }
            }
            case Link.Waiting waiting -> hurry(order.draft, waiting.aim());
            case Link.ShowingQr qr -> showAgain(order, qr);
            case Link.ShowingCode code -> announce(order.draft, code);
            // The link is what was asked for, or is on its way there.
            case Link.AwaitingTurn _,Link.Connecting _,Link.Scanned _,Link.Open _ -> {
            }
        }
        return order.applied();
    }

    private static Decision regenerate(Order order, boolean force) {
        Draft draft = order.draft;
        switch (order.before.link()) {
            case Link.Idle _,Link.ShowingCode _ -> draft.startPairing(Aim.SHOW_QR, false);
            case Link.Waiting waiting -> pairSoon(draft, waiting.aim(), Aim.SHOW_QR, force);
            case Link.AwaitingTurn waiting -> pairSoon(draft, waiting.aim(), Aim.SHOW_QR, force);
            case Link.Connecting connecting -> pairBy(draft, connecting, Aim.SHOW_QR, force);
            case Link.ShowingQr qr -> showAgain(order, qr);
            case Link.Scanned _ -> {
                if (force) {
                    draft.startPairing(Aim.SHOW_QR, true);
                }
            }
            case Link.Open _ -> {
                if (!force) {
                    return order.refused("already_connected", "the account is connected; force unlinks it first");
                }
                draft.startPairing(Aim.SHOW_QR, true);
            }
        }
        return order.applied();
    }

    private static Decision pairingCode(Order order) {
        Draft draft = order.draft;
        switch (order.before.link()) {
            case Link.Idle _ -> draft.startPairing(Aim.SHOW_CODE, false);
            case Link.Waiting waiting -> pairSoon(draft, waiting.aim(), Aim.SHOW_CODE, false);
            case Link.AwaitingTurn waiting -> pairSoon(draft, waiting.aim(), Aim.SHOW_CODE, false);
            case Link.Connecting connecting -> pairBy(draft, connecting, Aim.SHOW_CODE, false);
            case Link.ShowingQr qr -> draft.tell(new SessionEffect.RequestPairingCode(qr.connection()))
                    .become(new Link.ShowingQr(qr.past(), qr.connection(), Aim.SHOW_CODE, qr.text(), qr.expiresAt()));
            case Link.ShowingCode code -> announce(draft, code);
            // Just scanned: the login follows by itself.
            case Link.Scanned _ -> {
            }
            case Link.Open _ -> {
                return order.refused("already_connected", "the account is connected");
            }
        }
        return order.applied();
    }

    private static Decision disconnect(Order order) {
        Draft draft = order.draft.wants(DesiredState.DISCONNECTED);
        switch (order.before.link()) {
            // What needs a scan goes on saying so: terminal is terminal.
            case Link.Idle _ when order.account.status() == AccountStatus.NEEDS_QR -> {
            }
            case Link.Idle _,Link.Waiting _,Link.AwaitingTurn _,Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _,Link.Scanned _,Link.Open _ ->
                draft.drop(false).rest().status(AccountStatus.DISCONNECTED, Reasons.USER_DISCONNECT, null);
        }
        return order.applied();
    }

    private static Decision reconnect(Order order) {
        switch (order.before.link()) {
            case Link.Idle _ -> {
                if (!order.before.paired()) {
                    return order.refused("needs_qr", "the account must be paired: regenerate its QR or add it again");
                }
                connectAgain(order.draft);
            }
            case Link.Waiting waiting -> hurry(order.draft, waiting.aim());
            // It is connected, or on its way there.
            case Link.AwaitingTurn _,Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _,Link.Scanned _,Link.Open _ ->
                {
                }
        }
        return order.applied();
    }

    private static Decision rename(Order order, Command.RenameAccount rename) {
        order.draft.named(rename.name());
        return order.applied();
    }

    private static Decision delete(Order order) {
        boolean logOut = switch (order.before.link()) {
            case Link.Scanned _,Link.Open _ -> true;
            case Link.Idle _,Link.Waiting _,Link.AwaitingTurn _,Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _ ->
                false;
        };
        order.draft.wants(DesiredState.DELETED).drop(logOut).clearCredentials().rest()
                .status(AccountStatus.DELETED, Reasons.USER_DELETE, null);
        return order.applied();
    }

    /** From rest, with the credentials there are. */
    private static void connectAgain(Draft draft) {
        draft.remember(draft.past().forgiven()).wants(DesiredState.CONNECTED)
                .status(AccountStatus.CONNECTING, Reasons.USER_RECONNECT, null).awaitTurn(Aim.LOG_IN);
    }

    /** Somebody waits for it: no backoff. */
    private static void hurry(Draft draft, Aim aim) {
        draft.remember(draft.past().calmed()).awaitTurn(aim);
    }

    /** What finishes a pairing is let alone: it was just scanned. */
    private static void pairSoon(Draft draft, Aim current, Aim wanted, boolean force) {
        switch (current) {
            case SHOW_QR, SHOW_CODE -> hurry(draft, wanted);
            case FINISH_PAIRING -> {
                if (force) {
                    draft.startPairing(wanted, false);
                }
            }
            case LOG_IN -> draft.startPairing(wanted, false);
        }
    }

    /** A connection that pairs already only changes its aim; one that finishes a pairing is let alone: it was just scanned. */
    private static void pairBy(Draft draft, Link.Connecting connecting, Aim wanted, boolean force) {
        switch (connecting.aim()) {
            case SHOW_QR, SHOW_CODE -> draft.become(
                    new Link.Connecting(connecting.past(), connecting.connection(), wanted, connecting.due()));
            case FINISH_PAIRING -> {
                if (force) {
                    draft.startPairing(wanted, true);
                }
            }
            case LOG_IN -> draft.startPairing(wanted, false);
        }
    }

    /** The QR that stands, unless WhatsApp accepts it no more. */
    private static void showAgain(Order order, Link.ShowingQr qr) {
        if (order.at.isBefore(qr.expiresAt())) {
            order.draft.tell(new AnnounceQr(qr.text(), qr.expiresAt(), order.draft.pairingWindow()));
        } else {
            order.draft.startPairing(qr.aim(), false);
        }
    }

    private static void announce(Draft draft, Link.ShowingCode code) {
        draft.tell(new SessionEffect.AnnouncePairingCode(code.code(), draft.pairingWindow()));
    }

    private static Decision applied(Draft draft, AccountCommand command) {
        return draft.applied(command.id())
                .tell(new SessionEffect.Answer(command, CommandResult.APPLIED, null, null, draft.status())).made();
    }

    private static Decision refused(Session before, AccountCommand command, String code, String reason) {
        AccountState account = before.account();
        @Nullable
        AccountStatus status = account == null ? null : account.status();
        return new Decision.Made(new Step(before,
                List.of(new SessionEffect.Answer(command, CommandResult.REFUSED, code, reason, status))));
    }
}
