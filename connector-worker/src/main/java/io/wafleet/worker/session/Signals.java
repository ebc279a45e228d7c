package io.wafleet.worker.session;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.JournalRecord.AccountState;
import io.wafleet.contract.MessageId;
import io.wafleet.worker.connector.ConnectionListener.Closed;
import io.wafleet.worker.connector.ConnectionListener.MessageArrived;
import io.wafleet.worker.connector.ConnectionListener.Opened;
import io.wafleet.worker.connector.ConnectionListener.Paired;
import io.wafleet.worker.connector.ConnectionListener.PairingCodeShown;
import io.wafleet.worker.connector.ConnectionListener.QrShown;
import io.wafleet.worker.connector.ConnectionListener.ReceiptArrived;
import io.wafleet.worker.connector.ConnectionListener.SendAcked;
import io.wafleet.worker.connector.ConnectionListener.SendRefused;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of what a connection tells; the end of a connection has its own in {@link Closes}. */
final class Signals {
    private final SessionPolicy policy;
    private final Closes closes;

    Signals(SessionPolicy policy) {
        this.policy = policy;
        this.closes = new Closes(policy);
    }

    Decision decide(Session before, AccountState account, SessionEvent.Signalled signalled, Draft draft) {
        return switch (before.link()) {
            case Link.Resting _ -> new Decision.Ignored("no connection now");
            case Link.Live live -> live.connection().equals(signalled.connection())
                    ? decide(before, account, live, signalled, draft)
                    : new Decision.Ignored("an older connection");
        };
    }

    private Decision decide(Session before, AccountState account, Link.Live live, SessionEvent.Signalled signalled,
            Draft draft) {
        Instant at = signalled.at();
        return switch (signalled.signal()) {
            case QrShown qr -> qr(live, qr, at, draft);
            case PairingCodeShown code -> code(live, code, draft);
            case Paired paired -> paired(account, live, paired, at, draft);
            case Opened _ -> opened(live, at, draft);
            case SendAcked acked -> answered(before, live, acked.id(), Outcome.SENT, null);
            case SendRefused refused -> answered(before, live, refused.id(),
                    refused.permanent() ? Outcome.PERMANENT : Outcome.RETRYABLE, refused.reason());
            case ReceiptArrived receipt -> told(live, new SessionEffect.TellReceipt(receipt), draft);
            case MessageArrived message -> told(live, new SessionEffect.TakeIn(live.connection(), message.message()),
                    draft);
            case Closed closed -> closes.decide(live, closed, at, signalled.jitter(), draft);
        };
    }

    private static Decision qr(Link.Live live, QrShown qr, Instant at, Draft draft) {
        return switch (live) {
            case Link.Connecting connecting when connecting.aim().isPairing() -> {
                if (connecting.aim() == Aim.SHOW_CODE) {
                    draft.tell(new SessionEffect.RequestPairingCode(connecting.connection()));
                }
                yield showing(live, connecting.aim(), qr, at, draft);
            }
            case Link.ShowingQr showing -> showing(live, showing.aim(), qr, at, draft);
            case Link.ShowingCode _ -> new Decision.Ignored("the code stands");
            case Link.Connecting _,Link.Scanned _,Link.Open _ -> new Decision.Ignored("is paired already");
        };
    }

    private static Decision showing(Link.Live live, Aim aim, QrShown qr, Instant at, Draft draft) {
        Instant expiresAt = at.plus(qr.validFor());
        return draft.tell(new SessionEffect.AnnounceQr(qr.text(), expiresAt, draft.pairingWindow()))
                .status(AccountStatus.QR_READY, null, null)
                .become(new Link.ShowingQr(live.past(), live.connection(), aim, qr.text(), expiresAt)).made();
    }

    private static Decision code(Link.Live live, PairingCodeShown shown, Draft draft) {
        return switch (live) {
            case Link.Connecting connecting when !connecting.aim().isPairing() ->
                new Decision.Ignored("is paired already");
            case Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _ ->
                draft.tell(new SessionEffect.AnnouncePairingCode(shown.code(), draft.pairingWindow()))
                        .status(AccountStatus.PAIRING_CODE_READY, null, null)
                        .become(new Link.ShowingCode(live.past(), live.connection(), shown.code())).made();
            case Link.Scanned _,Link.Open _ -> new Decision.Ignored("is paired already");
        };
    }

    /** Another phone than the account's is sent away: an account is one number, for ever. */
    private Decision paired(AccountState account, Link.Live live, Paired paired, Instant at, Draft draft) {
        return switch (live) {
            case Link.Connecting connecting when !connecting.aim().isPairing() ->
                new Decision.Ignored("is paired already");
            case Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _ -> account.phone().equals(paired.phone())
                    ? draft.paired(paired.credentials()).become(
                            new Link.Scanned(live.past(), live.connection(), at.plus(policy.connectTimeout()))).made()
                    : draft.drop(true).needsQr(Reasons.PHONE_MISMATCH, null).made();
            case Link.Scanned _,Link.Open _ -> new Decision.Ignored("is paired already");
        };
    }

    private Decision opened(Link.Live live, Instant at, Draft draft) {
        return switch (live) {
            case Link.Connecting connecting when connecting.aim().isPairing() ->
                new Decision.Ignored("not paired yet");
            case Link.Connecting _,Link.Scanned _ -> draft.connected().become(
                    new Link.Open(live.past(), live.connection(), at.plus(policy.stableAfter()), Flights.NONE)).made();
            case Link.ShowingQr _,Link.ShowingCode _ -> new Decision.Ignored("not paired yet");
            case Link.Open _ -> new Decision.Ignored("is open already");
        };
    }

    /**
     * A late ack still counts, for it is true; of an overdue send nothing else is news. A refusal may be that of an earlier writing: the
     * later one can still be acked, so it stays known.
     */
    private static Decision answered(Session before, Link.Live live, MessageId message, Outcome outcome,
            @Nullable String reason) {
        return switch (live) {
            case Link.Open open -> {
                Optional<Flights.Flight> flight = open.flights().of(message);
                if (flight.isEmpty()) {
                    yield new Decision.Ignored("nobody waits for it");
                }
                if (flight.get().isFetching() && outcome != Outcome.SENT) {
                    yield new Decision.Ignored("of an earlier attempt");
                }
                if (flight.get().earlier() && !flight.get().overdue() && outcome != Outcome.SENT) {
                    yield SessionMachine.flying(before, open, open.flights().overdue(message),
                            new SessionEffect.TellOutcome(flight.get().dispatch(), Outcome.UNKNOWN,
                                    Reasons.REFUSED_ONCE));
                }
                Flights rest = open.flights().without(message);
                yield flight.get().overdue() && outcome != Outcome.SENT
                        ? SessionMachine.flying(before, open, rest)
                        : SessionMachine.flying(before, open, rest,
                                new SessionEffect.TellOutcome(flight.get().dispatch(), outcome, reason));
            }
            case Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _,Link.Scanned _ ->
                new Decision.Ignored("nothing was sent");
        };
    }

    private static Decision told(Link.Live live, SessionEffect fact, Draft draft) {
        return switch (live) {
            case Link.Open _ -> draft.tell(fact).made();
            // Not acked, so WhatsApp delivers it again.
            case Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _,Link.Scanned _ ->
                new Decision.Ignored("not logged in");
        };
    }
}
