package io.wafleet.worker.session;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Command;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.JournalRecord.AccountState;
import io.wafleet.worker.connector.ConnectionListener;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plays the world that does what a session orders, and holds after every step what must always be true. Any breach is an
 * {@link AssertionError}.
 */
final class Invariants {
    private final Set<ConnectionNumber> open = new HashSet<>();
    private final Map<SessionTimer, Instant> timers = new EnumMap<>(SessionTimer.class);
    private final Map<Command.Dispatch, SessionEffect.TellOutcome> told = new HashMap<>();
    private final Set<Command.Dispatch> owed = new HashSet<>();
    private long newest;
    private int turns;

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }

    /** Before the step: what the event itself changes in the world. */
    void happens(SessionEvent event) {
        switch (event) {
            case SessionEvent.Permitted _ -> turns = Math.max(0, turns - 1);
            case SessionEvent.Signalled(_, ConnectionNumber connection, ConnectionListener.Closed _, _) ->
                open.remove(connection);
            case SessionEvent.TimerFired fired -> timers.remove(fired.timer(), fired.due());
            case SessionEvent.DispatchOrdered ordered -> owed.add(ordered.dispatch());
            case SessionEvent.Restored _,SessionEvent.Ordered _,SessionEvent.Signalled _,SessionEvent.MediaBrought _ ->
                {
                }
        }
    }

    void holdsAfter(Session before, SessionEvent event, Step step) {
        step.effects().forEach(effect -> play(before, event, step.next(), effect));
        answers(event, step);
        shape(step.next());
        world(step.next());
        terminal(before, event, step);
    }

    private void play(Session before, SessionEvent event, Session next, SessionEffect effect) {
        switch (effect) {
            case SessionEffect.OpenConnection opening -> {
                require(opening.connection().value() > newest, "connection numbers grow");
                require(opening.withCredentials() == next.paired(), "credentials are used when there are any");
                newest = opening.connection().value();
                open.add(opening.connection());
            }
            case SessionEffect.CloseConnection closing -> require(open.remove(closing.connection()),
                    "only a live connection is closed");
            case SessionEffect.RequestPairingCode asking -> require(open.contains(asking.connection()),
                    "a code is asked of a live connection");
            case SessionEffect.Send send -> require(isOpen(next, send.connection()), "sends need an open connection");
            case SessionEffect.BringMedia bringing -> require(isOpen(next, bringing.connection()),
                    "media are uploaded on an open connection");
            case SessionEffect.TakeIn taken -> require(isOpen(next, taken.connection()),
                    "messages come from an open connection");
            case SessionEffect.SetTimer set -> timers.put(set.timer(), set.due());
            case SessionEffect.CancelTimer cancelled -> timers.remove(cancelled.timer());
            case SessionEffect.AwaitTurn _ -> turns++;
            case SessionEffect.TellOutcome outcome -> outcome(outcome);
            case SessionEffect.ClearCredentials _ -> require(!next.paired(), "cleared is unpaired");
            case SessionEffect.ReplaceCredentials _ -> require(next.paired() && !before.paired(),
                    "credentials come by a pairing");
            case SessionEffect.AnnounceQr _ -> require(next.link() instanceof Link.ShowingQr, "a QR told is shown");
            case SessionEffect.AnnouncePairingCode _ -> require(next.link() instanceof Link.ShowingCode,
                    "a code told is shown");
            case SessionEffect.Answer _ -> require(event instanceof SessionEvent.Ordered, "only orders are answered");
            case SessionEffect.TellReceipt _ -> require(next.link() instanceof Link.Open, "receipts need a login");
        }
    }

    private static boolean isOpen(Session session, ConnectionNumber connection) {
        return session.link() instanceof Link.Open open && open.connection().equals(connection);
    }

    private void outcome(SessionEffect.TellOutcome outcome) {
        SessionEffect.TellOutcome earlier = told.put(outcome.dispatch(), outcome);
        require(owed.remove(outcome.dispatch()) || earlier != null && earlier.outcome() == Outcome.UNKNOWN
                && List.of(Reasons.ACK_TIMEOUT, Reasons.REFUSED_ONCE).contains(String.valueOf(earlier.reason()))
                && outcome.outcome() == Outcome.SENT,
                "each dispatch has one outcome, but a late ack");
    }

    private static void answers(SessionEvent event, Step step) {
        long answers = step.effects().stream().filter(SessionEffect.Answer.class::isInstance).count();
        require(answers == (event instanceof SessionEvent.Ordered ? 1 : 0), "each order has one answer");
    }

    /** Status, credentials and link belong together. */
    private static void shape(Session session) {
        AccountState account = session.account();
        if (account == null) {
            require(session.link() instanceof Link.Idle && !session.paired(), "who is not known has nothing");
            return;
        }
        require(account.requiresQr() != session.paired(), "requiresQr is the lack of credentials");
        require(isStatusOf(session.link(), account.status()), account.status() + " fits " + session.link());
        require(aimFits(session), "the attempt is for what is missing");
        require(account.pairingEndsAt() == null || !session.paired(), "a window is open for a pairing only");
        switch (account.status()) {
            case NEEDS_QR, DELETED -> require(!session.paired(), "terminal has no credentials");
            case QR_READY, PAIRING_CODE_READY -> require(account.pairingEndsAt() != null, "what is shown has its end");
            case CONNECTED ->
                require(account.reason() == null && account.connectedSince() != null, "connected is plain");
            case CONNECTING, RECONNECTING, DISCONNECTED, CONFLICT -> {
            }
        }
    }

    private static boolean isStatusOf(Link link, AccountStatus status) {
        return switch (link) {
            case Link.Idle _ -> isRest(status);
            case Link.Waiting _ -> status == AccountStatus.RECONNECTING;
            case Link.AwaitingTurn _,Link.Connecting _ ->
                status == AccountStatus.CONNECTING || status == AccountStatus.RECONNECTING;
            case Link.ShowingQr _ -> status == AccountStatus.QR_READY;
            case Link.ShowingCode _ -> status == AccountStatus.PAIRING_CODE_READY;
            case Link.Scanned _ -> status == AccountStatus.CONNECTING;
            case Link.Open _ -> status == AccountStatus.CONNECTED;
        };
    }

    private static boolean isRest(AccountStatus status) {
        return switch (status) {
            case DISCONNECTED, NEEDS_QR, CONFLICT, DELETED -> true;
            case CONNECTING, QR_READY, PAIRING_CODE_READY, CONNECTED, RECONNECTING -> false;
        };
    }

    private static boolean aimFits(Session session) {
        @Nullable
        Aim aim = switch (session.link()) {
            case Link.Waiting waiting -> waiting.aim();
            case Link.AwaitingTurn waiting -> waiting.aim();
            case Link.Connecting connecting -> connecting.aim();
            case Link.ShowingQr qr -> qr.aim();
            case Link.Idle _,Link.ShowingCode _,Link.Scanned _,Link.Open _ -> null;
        };
        return aim == null || aim.isPairing() != session.paired();
    }

    /** Nothing is left over, and nothing is missing: no stuck state. */
    private void world(Session session) {
        ConnectionNumber connection = session.connection();
        require(open.equals(connection == null ? Set.of() : Set.of(connection)),
                "the only live connection is the session's own");
        require(timers.equals(Deadlines.of(session)), "the timers set are those awaited");
        switch (session.link()) {
            case Link.Idle _ -> {
            }
            case Link.Waiting _ -> require(timers.containsKey(SessionTimer.RECONNECT), "a wait ends by its timer");
            case Link.AwaitingTurn _ -> require(turns > 0, "whoever awaits a turn has asked for one");
            case Link.Connecting _,Link.Scanned _ -> require(timers.containsKey(SessionTimer.CONNECT),
                    "a connection that never opens is given up");
            case Link.ShowingQr _,Link.ShowingCode _ -> require(timers.containsKey(SessionTimer.QR_WINDOW),
                    "a pairing nobody scans is given up");
            case Link.Open open -> require(
                    open.flights().owed().stream().allMatch(Flights.Flight::isFetching)
                            || timers.containsKey(SessionTimer.SEND_ACK),
                    "a send nobody acks is given up");
        }
        long inFlight = session.link() instanceof Link.Open open ? open.flights().owed().size() : 0;
        require(owed.size() == inFlight, "outcomes owed are those in flight");
    }

    /** Only a person brings an account from rest. */
    private static void terminal(Session before, SessionEvent event, Step step) {
        AccountState account = before.account();
        boolean connects = step.effects().stream().anyMatch(
                e -> e instanceof SessionEffect.OpenConnection || e instanceof SessionEffect.AwaitTurn);
        if (account != null && isRest(account.status()) && connects && !isReadableAgain(before, account, event)) {
            require(event instanceof SessionEvent.Ordered ordered && switch (ordered.command()) {
                case Command.LinkAccount _,Command.RegenerateQr _,Command.RequestPairingCode _ -> true;
                case Command.ReconnectAccount _ -> account.status() == AccountStatus.DISCONNECTED
                        || account.status() == AccountStatus.CONFLICT;
                case Command.DisconnectAccount _,Command.RenameAccount _,Command.DeleteAccount _ -> false;
            }, "an account at rest connects only when a person asks");
        }
    }

    /** Nobody asked for it to rest: its credentials could not be read, and now they can. */
    private static boolean isReadableAgain(Session before, AccountState account, SessionEvent event) {
        return event instanceof SessionEvent.Restored && before.paired()
                && account.desired() == DesiredState.CONNECTED
                && Reasons.CREDENTIALS_UNREADABLE.equals(account.reason());
    }

    /** A state that nothing ends by itself can be left by a person. */
    static void hasAWayOut(SessionMachine machine, Session session, Instant at) {
        AccountState account = session.account();
        if (session.link() instanceof Link.Idle && account != null) {
            Step step = machine.apply(session, new SessionEvent.Ordered(at, new Command.LinkAccount(
                    new CommandId("way-out"), account.account(), at, Scene.EPOCH, account.phone(), null)));
            require(step.effects().stream().anyMatch(SessionEffect.AwaitTurn.class::isInstance),
                    "whoever rests is brought back by adding it");
        }
    }
}
