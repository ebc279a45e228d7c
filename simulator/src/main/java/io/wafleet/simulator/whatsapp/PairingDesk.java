package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ServerFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Links accounts to phones:
 *
 * <ol>
 *   <li>A client without credentials asks to be paired and gets a QR. Each QR is replaced by the next when its time is over;
 *       after the last the connection is closed with 408. A client may ask for a code instead: no further QR is shown then, the
 *       one that stands can still be scanned, and the time until 408 is the same.
 *   <li>A person scans the QR, or types the code on the phone that it was asked for. A QR that is over, or was replaced, is
 *       refused.
 *   <li>The phone's generation grows, so whatever was linked before is logged out (401). The client gets its credentials.
 *   <li>The connection is closed with 515: the client reconnects and logs in.
 * </ol>
 */
final class PairingDesk {
    private final World world;
    private final Switchboard switchboard;

    PairingDesk(World world, Switchboard switchboard) {
        this.world = world;
        this.switchboard = switchboard;
    }

    void begin(Instant at, Connection connection, String client) {
        world.ledger().connections().pairing(connection.id().number(), client);
        Fault.RefuseLogins refused = world.faults().strike(Fault.RefuseLogins.class, null, client);
        if (refused != null) {
            switchboard.end(at, connection, refused.code(), refused.reason());
            return;
        }
        Fault.FewQrs few = world.faults().strike(Fault.FewQrs.class, null, client);
        Offer offer = new Offer(client, connection, few == null ? world.behaviour().qrRefs() : few.refs());
        connection.become(new Connection.Phase.Pairing(offer));
        world.offers().add(offer);
        next(at, offer);
    }

    void qrOver(Instant at, ConnectionId id, int shown) {
        Connection connection = world.connections().get(id);
        if (connection == null || !(connection.phase() instanceof Connection.Phase.Pairing pairing)
                || pairing.offer().shown() != shown) {
            return;
        }
        next(at, pairing.offer());
    }

    private void next(Instant at, Offer offer) {
        world.offers().spend(offer);
        if (!offer.hasMore()) {
            switchboard.end(at, offer.connection(), 408, "QR refs attempts ended");
            return;
        }
        Duration validity = offer.shown() == 0 ? world.behaviour().firstQrValidity() : world.behaviour().qrValidity();
        String text = offer.code() == null ? world.secrets().qr() : null;
        offer.show(text, at.plus(validity));
        if (text != null) {
            world.effects().tell(offer.connection(), new ServerFrame.Qr(text, validity.toMillis()));
        }
        world.agenda().add(at.plus(validity), new Task.QrOver(offer.connection().id(), offer.shown()));
        world.effects().show(new Sight.PairingsChanged());
    }

    /** A client wants a code for this phone; it replaces the one before. */
    void code(Connection connection, Offer offer, PhoneNumber phone) {
        offer.ask(world.secrets().pairingCode(), phone);
        world.effects().tell(connection, new ServerFrame.PairingCode(Objects.requireNonNull(offer.code())));
        world.effects().show(new Sight.PairingsChanged());
    }

    /** A person holds the phone before a QR. */
    Answer<Link> scan(Instant at, PhoneNumber phone, String qr) {
        return world.offers().showing(qr).map(o -> link(at, phone, o))
                .orElseGet(() -> world.offers().isSpent(qr)
                        ? Answer.stale("qr", "is over: it was scanned, or another has taken its place")
                        : Answer.unknown("qr", "is not a QR that is shown now"));
    }

    /** A person holds the phone before the QR of this account. */
    Answer<Link> scanAccount(Instant at, PhoneNumber phone, String account) {
        return world.offers().showingFor(account).map(o -> link(at, phone, o))
                .orElseGet(() -> Answer.conflict("account", "shows no QR now"));
    }

    /** A person types a code on the phone. */
    Answer<Link> type(Instant at, PhoneNumber phone, String code) {
        return world.offers().withCode(phone, code).map(o -> link(at, phone, o))
                .orElseGet(() -> Answer.unknown("code", "is not a pairing code for this phone"));
    }

    private Answer<Link> link(Instant at, PhoneNumber number, Offer offer) {
        if (!world.phones().isRegistered(number)) {
            return Answer.conflict("phone", "is not on WhatsApp");
        }
        Phone phone = world.phones().of(number);
        Connection before = phone.live();
        Fact.Linked linked = new Fact.Linked(number, phone.generation() + 1, world.secrets().token(), offer.client());
        world.remember(linked);
        if (before != null) {
            switchboard.end(at, before, 401, "another device was linked");
        }
        Connection connection = offer.connection();
        world.ledger().connections().paired(connection.id().number(), number);
        world.effects().tell(connection, new ServerFrame.Paired(number, linked.generation(), linked.token(),
                world.behaviour().credentialBytes()));
        switchboard.end(at, connection, 515, "restart required");
        world.effects().show(new Sight.PhoneChanged(number));
        return Answer.done(new Link(number, offer.client(), linked.generation()));
    }
}
