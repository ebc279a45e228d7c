package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Brings accounts what people write: to them, or on their own phones. What an account has not said to have stored comes again
 * after each login; for a phone whose account was logged out it waits for the next pairing.
 */
final class Incoming {
    private final World world;

    Incoming(World world) {
        this.world = world;
    }

    /** What a person does with a phone: write to somebody, or into a group that the recipient is in. */
    Answer<Written> write(Instant at, PhoneNumber from, PhoneNumber to, Content content, @Nullable Chat group) {
        boolean own = isLinked(from);
        if (!own && !isLinked(to)) {
            return Answer.conflict("to", "has no linked account, and neither has the writer");
        }
        if (!world.phones().isRegistered(from) || !world.phones().isRegistered(to)) {
            return Answer.conflict("to", "is not on WhatsApp, or the writer is not");
        }
        MediaInfo media = world.shelf().infoOf(content);
        if (content instanceof Content.Media && media == null) {
            return Answer.conflict("content.url", "is no address that POST /media answered with");
        }
        MessageId id = world.secrets().messageId();
        Chat writer = Chat.of(from);
        Chat chatOfWriter = group == null ? Chat.of(to) : group;
        Chat chatOfReader = group == null ? writer : group;
        String name = "+" + from.digits();
        ChatLine line = ChatLine.of(id, at, writer, content, media);
        world.screens().show(from, chatOfWriter, line.asMine());
        forAccount(from, new ServerFrame.Message(id, chatOfWriter, writer, true, name, content, media, at));
        if (!to.equals(from)) {
            world.screens().show(to, chatOfReader, line);
            forAccount(to, new ServerFrame.Message(id, chatOfReader, writer, false, name, content, media, at));
        }
        Phone recipient = world.phones().find(to);
        return Answer.done(new Written(id, isLinked(to), recipient != null && recipient.live() != null));
    }

    /** Whether the phone has, or has had, a linked account. */
    private boolean isLinked(PhoneNumber number) {
        Phone phone = world.phones().find(number);
        return phone != null && phone.generation() > 0;
    }

    /** Queues a message for the phone's account, if it has one, and delivers it when it is connected. */
    void forAccount(PhoneNumber number, ServerFrame.Message message) {
        Phone phone = world.phones().find(number);
        if (phone == null || phone.generation() == 0 || phone.isWaiting(message.id())) {
            return;
        }
        world.remember(new Fact.Queued(number, message));
        world.ledger().inbound().accepted(number, message);
        Connection live = phone.live();
        if (live != null) {
            deliver(live, number, message);
        }
    }

    /** Brings what waits to an account that has just logged in. */
    void deliverWaiting(Connection connection, Phone phone) {
        phone.waiting().forEach(message -> deliver(connection, phone.number(), message));
    }

    private void deliver(Connection connection, PhoneNumber number, ServerFrame.Message message) {
        if (!connection.isDeaf()) {
            world.ledger().inbound().delivered(number, message.id());
            world.effects().tell(connection, message);
        }
    }

    /** An account has stored a message. */
    void received(Instant at, Connection connection, Connection.Phase.LoggedIn in, ClientFrame.Received received) {
        Phone phone = in.phone();
        PhoneNumber number = phone.number();
        if (!phone.isWaiting(received.id())
                || world.faults().strike(Fault.LoseReceived.class, number, in.client()) != null) {
            return;
        }
        boolean fresh = phone.ratchet().use(received.counter());
        world.effects().remember(new Fact.CounterUsed(number, received.counter()));
        world.remember(new Fact.Delivered(number, received.id()));
        world.ledger().inbound().received(at, number, received.id(), connection.id().number(), !fresh);
    }
}
