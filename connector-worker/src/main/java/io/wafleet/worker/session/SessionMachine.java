package io.wafleet.worker.session;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.JournalRecord.AccountState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what an account's session does: the whole table of rules, pure. Who does it, and stores it first, is the partition
 * loop. Thread-safe.
 *
 * <p>Every pair of link and event is either decided or listed as ignored with the reason why; {@code docs/state-machines.md} is
 * generated from that. A close signal ends its connection without a {@code CloseConnection}.
 */
public final class SessionMachine {
    private final SessionPolicy policy;
    private final Orders orders;
    private final Signals signals;
    private final Timeouts timeouts;
    private final Dispatches dispatches;

    public SessionMachine(SessionPolicy policy) {
        this.policy = policy;
        this.orders = new Orders(policy);
        this.signals = new Signals(policy);
        this.timeouts = new Timeouts();
        this.dispatches = new Dispatches(policy);
    }

    /**
     * An account as the journal has it, before anything happened under this owner.
     *
     * @param connections how many were opened by this worker before, so that what these still tell is known as old
     */
    public static Session restored(AccountState account, boolean paired, long connections) {
        // A 440 of the owner before still counts, so that a takeover is no way around the conflict.
        Instant replacedAt = CloseMeaning.REPLACED.hasCode(account.code()) ? account.since() : null;
        return new Session(account, paired, new Link.Idle(new Past(connections, 0, 0, replacedAt)));
    }

    /** An account that nobody knows yet. */
    public static Session unknown() {
        return new Session(null, false, new Link.Idle(Past.NONE));
    }

    /** What follows from the event; for an ignored one the same session without effects. */
    public Step apply(Session before, SessionEvent event) {
        return switch (decide(before, event)) {
            case Decision.Made made -> made.step();
            case Decision.Ignored _ -> new Step(before, List.of());
        };
    }

    Decision decide(Session before, SessionEvent event) {
        return switch (event) {
            case SessionEvent.Ordered ordered -> orders.decide(before, ordered);
            case SessionEvent.DispatchOrdered ordered -> dispatches.ordered(before, ordered);
            case SessionEvent.MediaBrought brought -> dispatches.brought(before, brought);
            case SessionEvent.Restored _,SessionEvent.Permitted _,SessionEvent.Signalled _,SessionEvent.TimerFired _ -> {
                AccountState account = before.account();
                yield account == null
                        ? new Decision.Ignored("no such account")
                        : decide(before, account, event);
            }
        };
    }

    private Decision decide(Session before, AccountState account, SessionEvent event) {
        Draft draft = new Draft(policy, before, account, event.at());
        return switch (event) {
            case SessionEvent.Restored(_, var unreadable) -> restore(before, account, unreadable, draft);
            case SessionEvent.Permitted _ -> permit(before, draft);
            case SessionEvent.Signalled signalled -> signals.decide(before, account, signalled, draft);
            case SessionEvent.TimerFired fired -> timeouts.decide(before, fired, draft);
            case SessionEvent.Ordered _,SessionEvent.DispatchOrdered _,SessionEvent.MediaBrought _ ->
                new Decision.Ignored("decided before");
        };
    }

    private static Decision restore(Session before, AccountState account, SessionEvent.Unreadable unreadable,
            Draft draft) {
        return switch (before.link()) {
            case Link.Idle _ -> switch (account.status()) {
                case DISCONNECTED -> Reasons.CREDENTIALS_UNREADABLE.equals(account.reason())
                        ? resume(before, account, unreadable, draft).made()
                        : draft.rest().made();
                case CONFLICT -> draft.rest().made();
                case NEEDS_QR, DELETED -> before.paired()
                        ? draft.clearCredentials().rest().made()
                        : draft.rest().made();
                case CONNECTING, QR_READY, PAIRING_CODE_READY, CONNECTED, RECONNECTING ->
                    resume(before, account, unreadable, draft).made();
            };
            case Link.Waiting _,Link.AwaitingTurn _,Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _,Link.Scanned _,Link.Open _ ->
                new Decision.Ignored("already at work");
        };
    }

    /** What cannot be read is kept as it is, for a person to decide: it may be no more than a key that is missing. */
    private static Draft resume(Session before, AccountState account, SessionEvent.Unreadable unreadable, Draft draft) {
        return switch (unreadable) {
            case CREDENTIALS ->
                draft.status(AccountStatus.DISCONNECTED, Reasons.CREDENTIALS_UNREADABLE, null).rest();
            case RECORD -> draft.status(AccountStatus.DISCONNECTED, Reasons.JOURNAL_UNREADABLE, null).rest();
            case NOTHING -> resume(before, account, draft);
        };
    }

    private static Draft resume(Session before, AccountState account, Draft draft) {
        if (before.paired()) {
            return draft.endPairing().status(AccountStatus.RECONNECTING, Reasons.TAKEN_OVER, null)
                    .awaitTurn(Aim.LOG_IN);
        }
        // It was paired, or rests because its credentials could not be read: no pairing was under way that could go on.
        if (!account.requiresQr() || account.status() == AccountStatus.DISCONNECTED) {
            return draft.needsQr(Reasons.CREDENTIALS_MISSING, null);
        }
        if (draft.isPairingOver()) {
            return draft.needsQr(Reasons.QR_WINDOW_OVER, null);
        }
        Aim aim = account.status() == AccountStatus.PAIRING_CODE_READY ? Aim.SHOW_CODE : Aim.SHOW_QR;
        return draft.status(AccountStatus.CONNECTING, Reasons.TAKEN_OVER, null).awaitTurn(aim);
    }

    private static Decision permit(Session before, Draft draft) {
        return switch (before.link()) {
            case Link.AwaitingTurn waiting -> draft.openConnection(waiting.aim()).made();
            case Link.Idle _,Link.Waiting _ -> new Decision.Ignored("wanted no more");
            case Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _,Link.Scanned _,Link.Open _ ->
                new Decision.Ignored("has a connection");
        };
    }

    static Decision flying(Session before, Link.Open open, Flights flights, SessionEffect... effects) {
        Session next = new Session(before.account(), before.paired(),
                new Link.Open(open.past(), open.connection(), open.stableAt(), flights));
        List<SessionEffect> all = new ArrayList<>(List.of(effects));
        all.addAll(Deadlines.between(before, next));
        return new Decision.Made(new Step(next, all));
    }
}
