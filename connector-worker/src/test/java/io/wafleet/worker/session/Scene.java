package io.wafleet.worker.session;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Command;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Content;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.JournalRecord.AccountState;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.worker.connector.ConnectionListener;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.connector.Inbound;
import io.wafleet.worker.connector.Uploaded;
import io.wafleet.worker.media.MediaSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One account's session on a stage: a test says what happens, and looks at what became of it. Time is moved by hand. */
final class Scene {
    static final AccountId ACCOUNT = new AccountId("account_prod_1");
    static final PhoneNumber PHONE = new PhoneNumber("+40712345678");
    static final PhoneNumber OTHER_PHONE = new PhoneNumber("+40799999999");
    static final Chat CHAT = new Chat("40755555555@s.whatsapp.net");
    static final Chat OTHER_CHAT = new Chat("40766666666@s.whatsapp.net");
    static final Credentials CREDENTIALS = new Credentials(
            Map.of("identity", new Credentials.Part(new byte[]{1})));
    static final Epoch EPOCH = new Epoch(7);
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Uploaded UPLOADED = new Uploaded() {
    };
    static final double JITTER = 0.5;

    final SessionMachine machine = new SessionMachine(SessionPolicy.DEFAULT);
    Session session;
    Instant now = START;
    List<SessionEffect> effects = List.of();
    private int commands;

    private Scene(Session session) {
        this.session = session;
    }

    static Scene ofUnknown() {
        return new Scene(SessionMachine.unknown());
    }

    static Scene restored(AccountState account, boolean paired) {
        return new Scene(SessionMachine.restored(account, paired, 0))
                .happens(new SessionEvent.Restored(START, SessionEvent.Unreadable.NOTHING));
    }

    /** Added by a person; waits for its turn. */
    static Scene linked() {
        return ofUnknown().link();
    }

    /** Shows its first QR. */
    static Scene showingQr() {
        return linked().permit().qr("qr-1");
    }

    static Scene showingCode() {
        return showingQr().pairingCode().hears(new ConnectionListener.PairingCodeShown("ABCD1234"));
    }

    static Scene scanned() {
        return showingQr().scan(PHONE);
    }

    static Scene open() {
        return scanned().closes(515).opens();
    }

    /** Dropped by the network while open. */
    static Scene waiting() {
        return open().closes(null, "connection reset");
    }

    Scene happens(SessionEvent event) {
        Step step = machine.apply(session, event);
        session = step.next();
        effects = step.effects();
        return this;
    }

    Scene after(Duration time) {
        now = now.plus(time);
        return this;
    }

    Scene order(Command.AccountCommand command) {
        return happens(new SessionEvent.Ordered(now, command));
    }

    Scene link() {
        return link(PHONE, null);
    }

    Scene link(PhoneNumber phone, @Nullable String name) {
        return order(new Command.LinkAccount(id(), ACCOUNT, now, EPOCH, phone, name));
    }

    Scene regenerate(boolean force) {
        return order(new Command.RegenerateQr(id(), ACCOUNT, now, EPOCH, force));
    }

    Scene pairingCode() {
        return order(new Command.RequestPairingCode(id(), ACCOUNT, now, EPOCH));
    }

    Scene disconnect() {
        return order(new Command.DisconnectAccount(id(), ACCOUNT, now, EPOCH));
    }

    Scene reconnect() {
        return order(new Command.ReconnectAccount(id(), ACCOUNT, now, EPOCH));
    }

    Scene rename(String name) {
        return order(new Command.RenameAccount(id(), ACCOUNT, now, EPOCH, name));
    }

    Scene delete() {
        return order(new Command.DeleteAccount(id(), ACCOUNT, now, EPOCH));
    }

    private CommandId id() {
        commands++;
        return new CommandId("c" + commands);
    }

    Scene permit() {
        return happens(new SessionEvent.Permitted(now));
    }

    /** The current connection says so. */
    Scene hears(ConnectionListener.Signal signal) {
        return hears(Objects.requireNonNull(session.connection()), signal);
    }

    Scene hears(ConnectionNumber connection, ConnectionListener.Signal signal) {
        return happens(new SessionEvent.Signalled(now, connection, signal, JITTER));
    }

    Scene qr(String text) {
        return hears(new ConnectionListener.QrShown(text, Duration.ofSeconds(60)));
    }

    Scene scan(PhoneNumber phone) {
        return hears(new ConnectionListener.Paired(phone, CREDENTIALS));
    }

    Scene opens() {
        return permit().hears(new ConnectionListener.Opened());
    }

    Scene closes(int code) {
        return closes(code, "closed");
    }

    Scene closes(@Nullable Integer code, String reason) {
        return hears(new ConnectionListener.Closed(code, reason));
    }

    Scene inbound(String id) {
        return hears(new ConnectionListener.MessageArrived(
                new Inbound(new MessageId(id), CHAT, CHAT, false, null, new Content.Text("hi"), null, now)));
    }

    static Command.Dispatch dispatchOf(String message, int attempt) {
        return new Command.Dispatch(ACCOUNT, new MessageId(message), CHAT, new Content.Text("hello"), attempt,
                EPOCH, START);
    }

    /** As {@link #dispatch}, but to somebody else. */
    Scene dispatchElsewhere(String message) {
        return happens(new SessionEvent.DispatchOrdered(now, new Command.Dispatch(ACCOUNT, new MessageId(message),
                OTHER_CHAT, new Content.Text("hello"), 1, EPOCH, START)));
    }

    static Command.Dispatch mediaOf(String message, int attempt) {
        return new Command.Dispatch(ACCOUNT, new MessageId(message), CHAT,
                new Content.Image(URI.create("https://files.example.com/x"), null, null, null), attempt, EPOCH, START);
    }

    Scene dispatchMedia(String message, int attempt) {
        return happens(new SessionEvent.DispatchOrdered(now, mediaOf(message, attempt)));
    }

    Scene brings(String message, Epoch epoch, MediaSource.Brought media) {
        return happens(new SessionEvent.MediaBrought(now, Objects.requireNonNull(session.connection()),
                new MessageId(message), epoch, media));
    }

    Scene dispatch(String message, int attempt) {
        return happens(new SessionEvent.DispatchOrdered(now, dispatchOf(message, attempt)));
    }

    Scene acks(String message) {
        return hears(new ConnectionListener.SendAcked(new MessageId(message)));
    }

    Scene refuses(String message, boolean permanent, String reason) {
        return hears(new ConnectionListener.SendRefused(new MessageId(message), permanent, reason));
    }

    /** Moves the time to when the timer is due, and fires it. */
    Scene fires(SessionTimer timer) {
        now = due(timer);
        return happens(new SessionEvent.TimerFired(now, timer, now, JITTER));
    }

    Instant due(SessionTimer timer) {
        return Objects.requireNonNull(Deadlines.of(session).get(timer), () -> timer + " is not set");
    }

    AccountState account() {
        return Objects.requireNonNull(session.account());
    }

    AccountStatus status() {
        return account().status();
    }

    <E extends SessionEffect> List<E> effects(Class<E> type) {
        List<E> found = new ArrayList<>();
        effects.stream().filter(type::isInstance).map(type::cast).forEach(found::add);
        return found;
    }

    <E extends SessionEffect> E effect(Class<E> type) {
        List<E> found = effects(type);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + type.getSimpleName() + " in " + effects);
        }
        return found.getFirst();
    }

    boolean has(Class<? extends SessionEffect> type) {
        return !effects(type).isEmpty();
    }

    List<Event.Outcome> outcomes() {
        return effects(SessionEffect.TellOutcome.class).stream().map(SessionEffect.TellOutcome::outcome).toList();
    }
}
