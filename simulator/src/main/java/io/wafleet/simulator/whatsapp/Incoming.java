package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.time.Instant;
import java.util.List;
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

    /**
     * What a person does with a phone: write to somebody, or into a group that the recipient is in.
     *
     * @param to null: everybody in the group
     */
    Answer<Written> write(Instant at, PhoneNumber from, @Nullable PhoneNumber to, Letter letter) {
        Chat group = letter.group();
        List<PhoneNumber> readers = to != null
                ? List.of(to)
                : group == null ? List.of() : world.groups().membersBut(group, from);
        Answer<Written> no = refusal(from, readers, letter);
        if (no != null) {
            return no;
        }
        MessageId id = letter.id() == null ? world.secrets().messageId() : letter.id();
        Chat writer = Chat.of(from);
        ChatLine line = ChatLine.of(id, at, writer, letter.content(), world.shelf().infoOf(letter.content()));
        Chat chatOfWriter = group == null ? Chat.of(readers.getFirst()) : group;
        world.screens().show(from, chatOfWriter, line.asMine());
        forAccount(from, typed(at, id, from, readers, letter));
        for (PhoneNumber reader : readers) {
            if (!reader.equals(from)) {
                world.screens().show(reader, group == null ? writer : group, line);
                forAccount(reader, arriving(at, id, from, letter));
            }
        }
        return Answer.done(new Written(id, readers.stream().anyMatch(this::isLinked),
                readers.stream().anyMatch(this::isConnected)));
    }

    private @Nullable Answer<Written> refusal(PhoneNumber from, List<PhoneNumber> readers, Letter letter) {
        if (readers.isEmpty()) {
            return Answer.conflict("group", "has nobody else in it; say to whom, or make the group first");
        }
        if (!isLinked(from) && readers.stream().noneMatch(this::isLinked)) {
            return Answer.conflict("to", "has no linked account, and neither has the writer");
        }
        if (!world.phones().isRegistered(from) || !readers.stream().allMatch(world.phones()::isRegistered)) {
            return Answer.conflict("to", "is not on WhatsApp, or the writer is not");
        }
        if (letter.content() instanceof Content.Media && world.shelf().infoOf(letter.content()) == null) {
            return Answer.conflict("content.url", "is no address that POST /media answered with");
        }
        return null;
    }

    /** As the account of the writer's own phone gets it. */
    private ServerFrame.Message typed(Instant at, MessageId id, PhoneNumber from, List<PhoneNumber> readers,
            Letter letter) {
        Chat group = letter.group();
        PhoneNumber first = readers.getFirst();
        return message(at, id, group == null ? letter.naming().name(first) : group, Chat.of(from), true, from, letter,
                group == null ? letter.naming().alternative(first) : null, null);
    }

    /** As the account of a reader gets it. */
    private ServerFrame.Message arriving(Instant at, MessageId id, PhoneNumber from, Letter letter) {
        Chat group = letter.group();
        Chat writer = letter.naming().name(from);
        Chat alternative = letter.naming().alternative(from);
        return message(at, id, group == null ? writer : group, writer, false, from, letter,
                group == null ? alternative : null, group == null ? null : alternative);
    }

    private ServerFrame.Message message(Instant at, MessageId id, Chat chat, Chat from, boolean fromMe,
            PhoneNumber writer, Letter letter, @Nullable Chat alternative, @Nullable Chat fromAlternative) {
        String name = letter.senderName() == null ? "+" + writer.digits() : letter.senderName();
        return new ServerFrame.Message(id, chat, from, fromMe, name, letter.content(),
                world.shelf().infoOf(letter.content()), letter.sentAt() == null ? at : letter.sentAt(), alternative,
                fromAlternative, world.groups().subject(letter.group()), letter.thumbnail(), null);
    }

    private boolean isConnected(PhoneNumber number) {
        Phone phone = world.phones().find(number);
        return phone != null && phone.live() != null;
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
        phone.waiting().forEach(message -> deliver(connection, phone.number(), message.waited()));
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
        if (world.faults().strike(Fault.Redeliver.class, number, in.client()) != null) {
            phone.waiting(received.id()).ifPresent(again -> deliver(connection, number, again));
            return;
        }
        world.remember(new Fact.Delivered(number, received.id()));
        world.ledger().inbound().received(at, number, received.id(), connection.id().number(), !fresh);
    }
}
