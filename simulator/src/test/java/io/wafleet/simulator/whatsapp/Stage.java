package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.simulator.ledger.Ledger;
import io.wafleet.simulator.ledger.LedgerConnection.EndedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** The rules with a clock that tests move, and sockets that only write down what goes through them. */
final class Stage {
    static final PhoneNumber OURS = new PhoneNumber("+40712345678");
    static final PhoneNumber THEIRS = new PhoneNumber("+40787654321");
    static final String ACCOUNT = "account_a";

    final Ledger ledger = new Ledger(10_000);
    final SimulatedWhatsApp whatsApp;
    final List<Fact> facts = new ArrayList<>();
    final Set<ConnectionId> shut = new HashSet<>();
    final Set<ConnectionId> dropped = new HashSet<>();
    private final Map<ConnectionId, ArrayDeque<ServerFrame>> heard = new HashMap<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long connections;

    Stage() {
        this(Behaviour.standard(), 7);
    }

    Stage(Behaviour behaviour, long seed) {
        whatsApp = new SimulatedWhatsApp(behaviour, ledger, new SplittableRandom(seed));
    }

    Instant now() {
        return now;
    }

    /** Lets time pass, ringing each alarm at its time. */
    Stage pass(Duration duration) {
        Instant end = now.plus(duration);
        for (Instant due = whatsApp.nextDue(); due != null && !due.isAfter(end); due = whatsApp.nextDue()) {
            now = due.isAfter(now) ? due : now;
            whatsApp.tick(now);
            carryOut();
        }
        now = end;
        return this;
    }

    ConnectionId open() {
        ConnectionId id = new ConnectionId(++connections);
        heard.put(id, new ArrayDeque<>());
        whatsApp.opened(now, id);
        carryOut();
        return id;
    }

    Stage say(ConnectionId connection, ClientFrame frame) {
        whatsApp.said(now, connection, frame);
        carryOut();
        return this;
    }

    void gone(ConnectionId connection) {
        whatsApp.gone(now, connection, null, EndedBy.NETWORK);
        carryOut();
    }

    /** The next frame that this connection was sent, which must be of the type. */
    <F extends ServerFrame> F hear(ConnectionId connection, Class<F> type) {
        carryOut();
        ServerFrame frame = heard.getOrDefault(connection, new ArrayDeque<>()).poll();
        if (frame == null) {
            throw new AssertionError(type.getSimpleName() + " was awaited, nothing came");
        }
        return type.cast(frame);
    }

    /** All that this connection was sent and nobody looked at. */
    List<ServerFrame> hearAll(ConnectionId connection) {
        carryOut();
        ArrayDeque<ServerFrame> frames = heard.getOrDefault(connection, new ArrayDeque<>());
        List<ServerFrame> all = List.copyOf(frames);
        frames.clear();
        return all;
    }

    boolean isQuiet(ConnectionId connection) {
        carryOut();
        return heard.getOrDefault(connection, new ArrayDeque<>()).isEmpty();
    }

    /** Pairs and gives the credentials. */
    ServerFrame.Paired pair(String account, PhoneNumber phone) {
        ConnectionId connection = open();
        say(connection, new ClientFrame.Pair(account));
        hear(connection, ServerFrame.Qr.class);
        done(whatsApp.people().scanAccount(now, phone, account));
        ServerFrame.Paired paired = hear(connection, ServerFrame.Paired.class);
        hear(connection, ServerFrame.Close.class);
        gone(connection);
        return paired;
    }

    ConnectionId login(String account, ServerFrame.Paired paired) {
        ConnectionId connection = tryLogin(account, paired);
        hear(connection, ServerFrame.Open.class);
        return connection;
    }

    ConnectionId tryLogin(String account, ServerFrame.Paired paired) {
        ConnectionId connection = open();
        say(connection, new ClientFrame.Login(account, paired.phone(), paired.generation(), paired.token()));
        return connection;
    }

    /** An account of {@link #OURS}, linked and connected. */
    ConnectionId connected() {
        return login(ACCOUNT, pair(ACCOUNT, OURS));
    }

    static ClientFrame.Send text(String id, PhoneNumber to, long counter, String text) {
        return new ClientFrame.Send(new MessageId(id), Chat.of(to), counter, new Content.Text(text));
    }

    static <T> T done(Answer<T> answer) {
        return switch (answer) {
            case Answer.Done<T> done -> done.value();
            case Answer.Refused<T> refused -> throw new AssertionError("refused: " + refused.field() + " "
                    + refused.rule());
        };
    }

    static Answer.Reason refused(Answer<?> answer) {
        return switch (answer) {
            case Answer.Done<?> done -> throw new AssertionError("not refused: " + done.value());
            case Answer.Refused<?> refused -> refused.reason();
        };
    }

    /** After the end of a connection nothing may be said on it. */
    private void tell(ConnectionId connection, ServerFrame frame) {
        if (shut.contains(connection) || dropped.contains(connection)) {
            throw new AssertionError(frame + " on a connection that has ended");
        }
        heard.getOrDefault(connection, new ArrayDeque<>()).add(frame);
    }

    private void carryOut() {
        for (Effect effect : whatsApp.effects()) {
            switch (effect) {
                case Effect.Tell tell -> tell(tell.connection(), tell.frame());
                case Effect.Shut close -> shut.add(close.connection());
                case Effect.Drop drop -> dropped.add(drop.connection());
                case Effect.Remember remember -> facts.add(remember.fact());
                case Effect.Show _ -> {
                    // nobody looks
                }
            }
        }
    }
}
