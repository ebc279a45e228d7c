package io.wafleet.worker.session;

import io.wafleet.contract.Command;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Content;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event.ReceiptKind;
import io.wafleet.contract.JournalRecord.AccountState;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.worker.connector.ConnectionListener;
import io.wafleet.worker.connector.ConnectionListener.Closed;
import io.wafleet.worker.connector.ConnectionListener.Signal;
import io.wafleet.worker.connector.Inbound;
import io.wafleet.worker.media.MediaSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every kind of event that a session can meet, with a name for tables and an example for each. */
final class Vocabulary {
    /** Close codes whose meanings differ, and some without a meaning. */
    private static final List<Integer> CODES = List.of(401, 403, 411, 500, 440, 515, 408, 428, 503, 777);
    private static final CommandId ID = new CommandId("c1");
    private static final MessageId M1 = new MessageId("m1");

    /** Makes an example, if there can be one. */
    private interface Maker {
        Optional<SessionEvent> make(Session session, Instant at, double jitter);
    }

    /** A kind of event, and how tables call it; some names have several examples. */
    record Kind(String name, Maker maker) {
        Optional<Named> make(Session session, Instant at, double jitter) {
            return maker.make(session, at, jitter).map(event -> new Named(name, event));
        }
    }

    /** An event, and how tables call its kind. */
    record Named(String name, SessionEvent event) {}

    static final List<Kind> KINDS = Stream.of(orders(), others(), signals(), timers()).flatMap(List::stream).toList();

    private static final Map<String, List<Kind>> BY_NAME = KINDS.stream().collect(Collectors.groupingBy(Kind::name));

    private Vocabulary() {}

    /** One example of each kind, at this time. */
    static List<Named> at(Session session, Instant at, double jitter) {
        return KINDS.stream().map(kind -> kind.make(session, at, jitter)).flatMap(Optional::stream).toList();
    }

    /** The examples of one name. */
    static List<Kind> kinds(String name) {
        return Objects.requireNonNull(BY_NAME.get(name), name);
    }

    private interface OrderMaker {
        Command.AccountCommand make(PhoneNumber own, Instant at, Epoch epoch);
    }

    private static PhoneNumber own(Session session) {
        AccountState account = session.account();
        return account == null ? Scene.PHONE : account.phone();
    }

    private static PhoneNumber other(PhoneNumber own) {
        return own.equals(Scene.PHONE) ? Scene.OTHER_PHONE : Scene.PHONE;
    }

    private static Kind order(String name, OrderMaker maker) {
        return new Kind("order: " + name,
                (session, at, _) -> Optional
                        .of(new SessionEvent.Ordered(at, maker.make(own(session), at, Scene.EPOCH))));
    }

    private static List<Kind> orders() {
        return List.of(
                order("link", (own, at, e) -> new Command.LinkAccount(ID, Scene.ACCOUNT, at, e, own, null)),
                order("link, other phone",
                        (own, at, e) -> new Command.LinkAccount(ID, Scene.ACCOUNT, at, e, other(own), "x")),
                order("regenerate QR", (_, at, e) -> new Command.RegenerateQr(ID, Scene.ACCOUNT, at, e, false)),
                order("regenerate QR by force", (_, at, e) -> new Command.RegenerateQr(ID, Scene.ACCOUNT, at, e, true)),
                order("pairing code", (_, at, e) -> new Command.RequestPairingCode(ID, Scene.ACCOUNT, at, e)),
                order("disconnect", (_, at, e) -> new Command.DisconnectAccount(ID, Scene.ACCOUNT, at, e)),
                order("reconnect", (_, at, e) -> new Command.ReconnectAccount(ID, Scene.ACCOUNT, at, e)),
                order("rename", (_, at, e) -> new Command.RenameAccount(ID, Scene.ACCOUNT, at, e, "Shop")),
                order("delete", (_, at, e) -> new Command.DeleteAccount(ID, Scene.ACCOUNT, at, e)));
    }

    static Named dispatch(Instant at, Command.Dispatch dispatch) {
        return new Named(dispatch.content() instanceof Content.Media ? "dispatch of media" : "dispatch",
                new SessionEvent.DispatchOrdered(at, dispatch));
    }

    private static List<Kind> others() {
        return List.of(
                restored(SessionEvent.Unreadable.NOTHING), restored(SessionEvent.Unreadable.CREDENTIALS),
                restored(SessionEvent.Unreadable.RECORD),
                new Kind("dispatch", (_, at, _) -> Optional.of(dispatch(at, Scene.dispatchOf("m1", 1)).event)),
                new Kind("dispatch", (_, at, _) -> Optional.of(dispatch(at, Scene.dispatchOf("m1", 2)).event)),
                new Kind("dispatch of media", (_, at, _) -> Optional.of(dispatch(at, Scene.mediaOf("m1", 1)).event)),
                new Kind("dispatch of media", (_, at, _) -> Optional.of(dispatch(at, Scene.mediaOf("m1", 2)).event)),
                media("media brought", new MediaSource.Here(Scene.UPLOADED)),
                media("media not to be had", new MediaSource.Failed(true, "gone")),
                media("media not to be had", new MediaSource.Failed(false, "slow")),
                new Kind("turn comes", (_, at, _) -> Optional.of(new SessionEvent.Permitted(at))));
    }

    private static Kind restored(SessionEvent.Unreadable unreadable) {
        return new Kind(nameOf(unreadable), (_, at, _) -> Optional.of(new SessionEvent.Restored(at, unreadable)));
    }

    private static Kind media(String name, MediaSource.Brought brought) {
        return new Kind(name, (session, at, _) -> Optional.of(new SessionEvent.MediaBrought(at,
                Objects.requireNonNullElse(session.connection(), new ConnectionNumber(1)), M1, Scene.EPOCH, brought)));
    }

    private static Kind signal(String name, Signal signal) {
        return signal(name, _ -> signal);
    }

    private static Kind signal(String name, Function<Session, Signal> signal) {
        return new Kind(name, (session, at, jitter) -> Optional.of(new SessionEvent.Signalled(at,
                Objects.requireNonNullElse(session.connection(), new ConnectionNumber(1)), signal.apply(session),
                jitter)));
    }

    private static List<Kind> signals() {
        List<Kind> all = new ArrayList<>(List.of(
                signal("QR shown", new ConnectionListener.QrShown("qr", Duration.ofSeconds(60))),
                signal("pairing code shown", new ConnectionListener.PairingCodeShown("code")),
                signal("paired", session -> new ConnectionListener.Paired(own(session), Scene.CREDENTIALS)),
                signal("paired by another phone",
                        session -> new ConnectionListener.Paired(other(own(session)), Scene.CREDENTIALS)),
                signal("opened", new ConnectionListener.Opened()),
                signal("send acked", new ConnectionListener.SendAcked(M1)),
                signal("send refused", new ConnectionListener.SendRefused(M1, true, "not on WhatsApp")),
                signal("send refused", new ConnectionListener.SendRefused(M1, false, "too fast")),
                signal("receipt arrived",
                        new ConnectionListener.ReceiptArrived(M1, Scene.CHAT, ReceiptKind.DELIVERED)),
                signal("message arrived", new ConnectionListener.MessageArrived(new Inbound(new MessageId("in1"),
                        Scene.CHAT, Scene.CHAT, false, null, new Content.Text("hi"), null, Scene.START))),
                signal("closed: network, keep-alive", new Closed(null, "reset")),
                signal("closed: network, keep-alive", new Closed(null, "keepalive_timeout")),
                new Kind("older connection tells", (_, at, jitter) -> Optional.of(new SessionEvent.Signalled(at,
                        new ConnectionNumber(0), new Closed(401, "logged out"), jitter)))));
        CODES.forEach(code -> all.add(signal(closeName(code), new Closed(code, "closed"))));
        return all;
    }

    private static String closeName(Integer code) {
        return switch (CloseMeaning.of(new Closed(code, "closed")).rule()) {
            case TERMINAL -> "closed: 401, 403, 411, 500";
            case STEP_DOWN -> "closed: 440";
            case REOPEN -> "closed: 515";
            case RETRY -> code == 408 ? "closed: 408" : "closed: 428, 503, unknown";
        };
    }

    private static List<Kind> timers() {
        List<Kind> all = new ArrayList<>();
        for (SessionTimer timer : SessionTimer.values()) {
            all.add(new Kind("timer: " + timer, (session, _, jitter) -> Optional
                    .ofNullable(Deadlines.of(session).get(timer))
                    .map(due -> new SessionEvent.TimerFired(due, timer, due, jitter))));
        }
        all.add(new Kind("stale timer", (_, at, jitter) -> Optional
                .of(new SessionEvent.TimerFired(at, SessionTimer.CONNECT, Instant.EPOCH, jitter))));
        return all;
    }

    /** How tables call the state. */
    static String nameOf(Link link) {
        return switch (link) {
            case Link.Idle _ -> "Idle";
            case Link.Waiting _ -> "Waiting";
            case Link.AwaitingTurn _ -> "AwaitingTurn";
            case Link.Connecting _ -> "Connecting";
            case Link.ShowingQr _ -> "ShowingQr";
            case Link.ShowingCode _ -> "ShowingCode";
            case Link.Scanned _ -> "Scanned";
            case Link.Open _ -> "Open";
        };
    }

    private static String nameOf(SessionEvent.Unreadable unreadable) {
        return switch (unreadable) {
            case NOTHING -> "restored";
            case CREDENTIALS -> "restored, credentials unreadable";
            case RECORD -> "restored, record unreadable";
        };
    }

    /** What a next owner begins with, and how it learns of it. */
    record Inherited(Session session, Named restored) {}

    /** First as it was; then had its credentials been lost, had they come back, could they or the record not be read. */
    static List<Inherited> inherited(Session session, Instant at) {
        AccountState account = session.account();
        if (account == null) {
            return List.of(inherited(SessionMachine.unknown(), SessionEvent.Unreadable.NOTHING, at));
        }
        Session unpaired = SessionMachine.restored(account, false, 0);
        Session paired = SessionMachine.restored(account, true, 0);
        return List.of(
                inherited(session.paired() ? paired : unpaired, SessionEvent.Unreadable.NOTHING, at),
                inherited(unpaired, SessionEvent.Unreadable.NOTHING, at),
                inherited(paired, SessionEvent.Unreadable.NOTHING, at),
                inherited(unpaired, SessionEvent.Unreadable.CREDENTIALS, at),
                inherited(unpaired, SessionEvent.Unreadable.RECORD, at),
                inherited(paired, SessionEvent.Unreadable.RECORD, at));
    }

    private static Inherited inherited(Session session, SessionEvent.Unreadable unreadable, Instant at) {
        return new Inherited(session, new Named(nameOf(unreadable), new SessionEvent.Restored(at, unreadable)));
    }
}
