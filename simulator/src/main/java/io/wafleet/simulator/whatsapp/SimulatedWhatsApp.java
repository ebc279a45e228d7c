package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.simulator.ledger.Ledger;
import io.wafleet.simulator.ledger.LedgerConnection.EndedBy;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The simulated WhatsApp, whole: takes what clients say, what people do and what time brings; each turn leads to effects, to be
 * taken with {@link #effects()}. Pure, and owned by one thread. Idle connections cost memory only.
 */
public final class SimulatedWhatsApp {
    private final World world;
    private final Switchboard switchboard;
    private final PairingDesk pairing;
    private final Logins logins;
    private final Incoming incoming;
    private final Outgoing outgoing;
    private final People people;
    private final Bursts bursts;

    /**
     * @param random source of QR texts, codes, tokens and ids, and of chance in faults
     */
    public SimulatedWhatsApp(Behaviour behaviour, Ledger ledger, RandomGenerator random) {
        world = World.create(behaviour, ledger, random);
        switchboard = new Switchboard(world);
        pairing = new PairingDesk(world, switchboard);
        incoming = new Incoming(world);
        logins = new Logins(world, switchboard, incoming);
        outgoing = new Outgoing(world, incoming);
        people = new People(world, pairing, logins, incoming);
        bursts = new Bursts(world, incoming);
    }

    /** Takes a stored fact back, at start, in the order of storing. */
    public void replay(Fact fact) {
        world.phones().replay(fact);
    }

    /** Ends the replay: what waits is known to the ledger again. */
    public void replayed() {
        for (Phone phone : world.phones().all()) {
            phone.waiting().forEach(message -> world.ledger().inbound().accepted(phone.number(), message));
        }
    }

    /** The fewest facts that give back what must last. */
    public List<Fact> snapshot() {
        return world.phones().snapshot();
    }

    /** A client connected. */
    public void opened(Instant at, ConnectionId id) {
        switchboard.opened(at, id);
    }

    /**
     * The socket is gone.
     *
     * @param code WhatsApp's, when the close said one
     */
    public void gone(Instant at, ConnectionId id, @Nullable Integer code, EndedBy by) {
        switchboard.gone(at, id, code, by);
    }

    /** A client sent what is no frame. */
    public void babbled(Instant at, ConnectionId id, String reason) {
        Connection connection = world.connections().get(id);
        if (connection != null) {
            protocolError(at, connection, reason);
        }
    }

    /** A client sent a frame. */
    public void said(Instant at, ConnectionId id, ClientFrame frame) {
        Connection connection = world.connections().get(id);
        if (connection == null || !connection.isHeard()) {
            return;
        }
        switch (connection.phase()) {
            case Connection.Phase.Fresh _ -> fresh(at, connection, frame);
            case Connection.Phase.Pairing p -> pairing(at, connection, p.offer(), frame);
            case Connection.Phase.LoggedIn in -> loggedIn(at, connection, in, frame);
            case Connection.Phase.Ended ended -> ended(at, connection, ended, frame);
        }
    }

    private void fresh(Instant at, Connection connection, ClientFrame frame) {
        switch (frame) {
            case ClientFrame.Pair pair -> pairing.begin(at, connection, pair.client());
            case ClientFrame.Login login -> logins.login(at, connection, login);
            case ClientFrame.Ping ping -> pong(connection, ping);
            case ClientFrame.RequestPairingCode _,ClientFrame.Send _,ClientFrame.Received _,ClientFrame.Logout _ ->
                protocolError(at, connection, "must pair or log in first");
        }
    }

    private void pairing(Instant at, Connection connection, Offer offer, ClientFrame frame) {
        switch (frame) {
            case ClientFrame.RequestPairingCode request -> pairing.code(connection, offer, request.phone());
            case ClientFrame.Ping ping -> pong(connection, ping);
            case ClientFrame.Pair _,ClientFrame.Login _,ClientFrame.Send _,ClientFrame.Received _,ClientFrame.Logout _ ->
                protocolError(at, connection, "is being paired");
        }
    }

    private void loggedIn(Instant at, Connection connection, Connection.Phase.LoggedIn in, ClientFrame frame) {
        switch (frame) {
            case ClientFrame.Send send -> outgoing.send(at, connection, in, send);
            case ClientFrame.Received received -> incoming.received(at, connection, in, received);
            case ClientFrame.Ping ping -> pong(connection, ping);
            case ClientFrame.Logout _ -> logins.logout(at, connection, in.phone());
            case ClientFrame.Pair _,ClientFrame.Login _,ClientFrame.RequestPairingCode _ ->
                protocolError(at, connection, "is logged in already");
        }
    }

    /** Nothing comes of it, but whoever was replaced and goes on acting is written down. */
    private void ended(Instant at, Connection connection, Connection.Phase.Ended ended, ClientFrame frame) {
        switch (frame) {
            case ClientFrame.Send _,ClientFrame.Received _ -> {
                if (ended.wasLoggedInAs() != null) {
                    world.ledger().doubles().olderActed(at, connection.id().number());
                }
            }
            case ClientFrame.Pair _,ClientFrame.Login _,ClientFrame.RequestPairingCode _,ClientFrame.Ping _,ClientFrame.Logout _ -> {
                // nothing to note
            }
        }
    }

    private void pong(Connection connection, ClientFrame.Ping ping) {
        world.effects().tell(connection, new ServerFrame.Pong(ping.sequence()));
    }

    private void protocolError(Instant at, Connection connection, String rule) {
        switchboard.end(at, connection, 400, "protocol error: " + rule);
    }

    /** Does all that is due. */
    public void tick(Instant at) {
        for (Task task = world.agenda().poll(at); task != null; task = world.agenda().poll(at)) {
            switch (task) {
                case Task.FirstFrame due -> switchboard.firstFrameDue(at, due.connection());
                case Task.QrOver due -> pairing.qrOver(at, due.connection(), due.shown());
                case Task.Ack due -> outgoing.ackDue(at, due);
                case Task.BurstDue due -> bursts.due(at, due);
                case Task.Receipt due -> outgoing.receiptDue(at, due);
            }
        }
    }

    /** When {@link #tick} is next to be called; null when nothing is due. */
    public @Nullable Instant nextDue() {
        return world.agenda().next();
    }

    /** Takes the effects gathered since the last call, in order. */
    public List<Effect> effects() {
        return world.effects().drain();
    }

    /** What people with phones can do. */
    public People people() {
        return people;
    }

    /** Loads on demand. */
    public Bursts bursts() {
        return bursts;
    }

    /** What goes wrong on purpose. */
    public Trouble trouble() {
        return new Trouble(world, switchboard);
    }

    /** What was uploaded. */
    public MediaShelf shelf() {
        return world.shelf();
    }

    public Ledger ledger() {
        return world.ledger();
    }

    /** Whether the phone's account is connected now. */
    public boolean isConnected(PhoneNumber number) {
        Phone phone = world.phones().find(number);
        return phone != null && phone.live() != null;
    }
}
