package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.time.Instant;

/** Lets linked accounts in, one live connection each, and logs them out. */
final class Logins {
    private static final int LOGGED_OUT = 401;
    private static final int REPLACED = 440;

    private final World world;
    private final Switchboard switchboard;
    private final Incoming incoming;

    Logins(World world, Switchboard switchboard, Incoming incoming) {
        this.world = world;
        this.switchboard = switchboard;
        this.incoming = incoming;
    }

    void login(Instant at, Connection connection, ClientFrame.Login login) {
        PhoneNumber number = login.phone();
        world.ledger().connections().loginTried(at, connection.id().number(), login.client(), number);
        Fault.RefuseLogins refused = world.faults().strike(Fault.RefuseLogins.class, number, login.client());
        Phone phone = world.phones().find(number);
        if (refused != null) {
            refuse(at, connection, refused.code(), refused.reason());
        } else if (phone == null || !phone.accepts(login.generation(), login.token())) {
            refuse(at, connection, LOGGED_OUT, "logged out");
        } else {
            letIn(at, connection, phone, login.client());
        }
    }

    private void refuse(Instant at, Connection connection, int code, String reason) {
        world.ledger().connections().loginRefused();
        switchboard.end(at, connection, code, reason);
    }

    private void letIn(Instant at, Connection connection, Phone phone, String client) {
        Connection older = phone.live();
        connection.become(new Connection.Phase.LoggedIn(phone, client));
        phone.live(connection);
        world.ledger().connections().loggedIn(at, connection.id().number());
        if (older != null) {
            world.ledger().doubles().began(at, phone.number(), older.id().number(), connection.id().number());
            switchboard.end(at, older, REPLACED, "replaced");
        }
        world.effects().tell(connection, new ServerFrame.Open(phone.number()));
        deliverWhatWaited(phone, connection);
        world.effects().show(new Sight.PhoneChanged(phone.number()));
    }

    private void deliverWhatWaited(Phone phone, Connection connection) {
        incoming.deliverWaiting(connection, phone);
        for (var receipt = phone.pollReceipt(); receipt != null; receipt = phone.pollReceipt()) {
            world.effects().tell(connection, receipt);
        }
    }

    /** The account gives its pairing up. */
    void logout(Instant at, Connection connection, Phone phone) {
        world.remember(new Fact.Unlinked(phone.number(), phone.generation()));
        switchboard.end(at, connection, LOGGED_OUT, "logged out");
    }

    /** A person removes the linked account on the phone. */
    Answer<Link> remove(Instant at, PhoneNumber number) {
        Phone phone = world.phones().find(number);
        Phone.Device device = phone == null ? null : phone.device();
        if (phone == null || device == null) {
            return Answer.unknown("phone", "has no linked account");
        }
        world.remember(new Fact.Unlinked(number, phone.generation()));
        Connection live = phone.live();
        if (live != null) {
            switchboard.end(at, live, LOGGED_OUT, "removed on the phone");
        }
        world.effects().show(new Sight.PhoneChanged(number));
        return Answer.done(new Link(number, device.account(), phone.generation()));
    }
}
