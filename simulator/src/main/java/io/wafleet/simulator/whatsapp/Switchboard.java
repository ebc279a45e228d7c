package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.simulator.ledger.LedgerConnection.EndedBy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Begins and ends connections. After the end of one nothing is attached to it any more. */
final class Switchboard {
    private final World world;

    Switchboard(World world) {
        this.world = world;
    }

    void opened(Instant at, ConnectionId id) {
        world.connections().put(id, new Connection(id));
        world.ledger().connections().opened(at, id.number());
        world.agenda().add(at.plus(world.behaviour().firstFrameWithin()), new Task.FirstFrame(id));
    }

    /** The socket is gone. */
    void gone(Instant at, ConnectionId id, @Nullable Integer code, EndedBy by) {
        Connection connection = world.connections().remove(id);
        if (connection != null) {
            detach(connection);
            world.ledger().connections().ended(at, id.number(), code, by);
            world.ledger().connections().gone(at, id.number());
        }
    }

    void firstFrameDue(Instant at, ConnectionId id) {
        Connection connection = world.connections().get(id);
        if (connection != null && connection.phase() instanceof Connection.Phase.Fresh) {
            end(at, connection, 408, "said nothing");
        }
    }

    /** Closes a connection with WhatsApp's code. */
    void end(Instant at, Connection connection, int code, String reason) {
        if (!connection.isEnded()) {
            detach(connection);
            world.ledger().connections().ended(at, connection.id().number(), code, EndedBy.SIMULATOR);
            world.effects().tell(connection, new ServerFrame.Close(code, reason));
            world.effects().shut(connection, code);
        }
    }

    /** Cuts a connection. */
    void drop(Instant at, Connection connection) {
        if (!connection.isEnded()) {
            detach(connection);
            world.ledger().connections().ended(at, connection.id().number(), null, EndedBy.SIMULATOR);
            world.effects().drop(connection);
        }
    }

    private void detach(Connection connection) {
        PhoneNumber wasLoggedInAs = connection.phone();
        if (connection.phase() instanceof Connection.Phase.LoggedIn in && in.phone().live() == connection) {
            in.phone().live(null);
            world.effects().show(new Sight.PhoneChanged(in.phone().number()));
        }
        if (connection.phase() instanceof Connection.Phase.Pairing) {
            world.offers().remove(connection.id());
            world.effects().show(new Sight.PairingsChanged());
        }
        if (!connection.isEnded()) {
            connection.become(new Connection.Phase.Ended(wasLoggedInAs));
        }
    }
}
