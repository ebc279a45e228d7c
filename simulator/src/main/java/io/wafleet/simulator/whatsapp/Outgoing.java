package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.Event;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.simulator.ledger.Fingerprint;
import io.wafleet.simulator.ledger.LedgerMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes what accounts send:
 *
 * <ol>
 *   <li>The ratchet counter counts as used, whatever comes of the message.
 *   <li>Refused: by a fault, since its media were not uploaded, or since the recipient is not on WhatsApp. Nothing is remembered of it but a ledger entry.
 *   <li>A message under a counter used before is acknowledged, but its recipient cannot read it.
 *   <li>An id that its recipient has is acknowledged again, and not shown again.
 *   <li>Otherwise the recipient sees it, and receipts follow.
 * </ol>
 */
final class Outgoing {
    private final World world;
    private final Incoming incoming;
    private final Map<SentId, Boolean> shown;

    /** The same id from another sender is another message. */
    private record SentId(PhoneNumber sender, MessageId id) {}

    Outgoing(World world, Incoming incoming) {
        this.world = world;
        this.incoming = incoming;
        shown = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<SentId, Boolean> eldest) {
                return size() > world.behaviour().maxRemembered();
            }
        };
    }

    void send(Instant at, Connection connection, Connection.Phase.LoggedIn in, ClientFrame.Send send) {
        PhoneNumber sender = in.phone().number();
        boolean readable = in.phone().ratchet().use(send.counter());
        world.effects().remember(new Fact.CounterUsed(sender, send.counter()));
        MediaInfo media = world.shelf().infoOf(send.content());
        Fault.Nack nack = refusal(sender, in.client(), send, media);
        boolean repeat = nack == null && shown.containsKey(new SentId(sender, send.id()));
        boolean ackLost = nack == null && world.faults().strike(Fault.LoseAcks.class, sender, in.client()) != null;
        boolean isNew = nack == null && !repeat && readable;
        Fingerprint content = Fingerprint.of(send.content());
        boolean saysAgain = isNew && world.ledger().messages().saysAgain(sender, send.chat(), content, send.id());
        Integer nackCode = nack == null ? null : nack.code();
        world.ledger().messages().add(n -> new LedgerMessage(n, at, sender, in.client(), connection.id().number(),
                send.chat(), send.id(), send.counter(), content.hash(), content.text(), repeat, saysAgain, !readable,
                nackCode, ackLost, send.content(), media));
        if (nack != null) {
            world.effects().tell(connection, new ServerFrame.Nack(send.id(), nack.code(), nack.reason()));
            return;
        }
        if (!ackLost) {
            acknowledge(at, connection, in, send.id());
        }
        show(at, sender, send, media, repeat, readable);
    }

    private Fault.@Nullable Nack refusal(PhoneNumber sender, String client, ClientFrame.Send send,
            @Nullable MediaInfo media) {
        Fault.Nack fault = world.faults().strike(Fault.Nack.class, sender, client);
        if (fault != null) {
            return fault;
        }
        if (send.content() instanceof Content.Media && media == null) {
            // No fault of the message: a simulator that was started anew has no media any more.
            return new Fault.Nack(503, "media are not here; upload them first");
        }
        Chat chat = send.chat();
        if (!Recipients.isPossible(chat)) {
            return new Fault.Nack(400, "no possible recipient");
        }
        boolean absent = Recipients.person(chat).filter(p -> !world.phones().isRegistered(p)).isPresent();
        return absent ? new Fault.Nack(404, "not on WhatsApp") : null;
    }

    private void acknowledge(Instant at, Connection connection, Connection.Phase.LoggedIn in, MessageId id) {
        Fault.DelayAcks fault = world.faults().strike(Fault.DelayAcks.class, in.phone().number(), in.client());
        Duration delay = fault == null ? world.behaviour().ackDelay() : fault.delay();
        if (delay.isZero()) {
            world.effects().tell(connection, new ServerFrame.Ack(id, at));
        } else {
            world.agenda().add(at.plus(delay), new Task.Ack(connection.id(), id));
        }
    }

    /** A connection that ended in the meantime never learns of it. */
    void ackDue(Instant at, Task.Ack due) {
        Connection connection = world.connections().get(due.connection());
        if (connection != null && !connection.isEnded()) {
            world.effects().tell(connection, new ServerFrame.Ack(due.id(), at));
        }
    }

    private void show(Instant at, PhoneNumber sender, ClientFrame.Send send, @Nullable MediaInfo media,
            boolean repeat, boolean readable) {
        if (repeat) {
            return;
        }
        Chat from = Chat.of(sender);
        Optional<PhoneNumber> recipient = Recipients.person(send.chat()).filter(p -> !p.equals(sender));
        List<PhoneNumber> members = world.groups().membersBut(send.chat(), sender);
        ChatLine line = ChatLine.of(send.id(), at, from, send.content(), media).saidByAccount(readable);
        world.screens().show(sender, recipient.map(Chat::of).orElse(send.chat()), line.asMine());
        recipient.ifPresent(p -> world.screens().show(p, from, line));
        members.forEach(m -> world.screens().show(m, send.chat(), line));
        if (!readable) {
            return;
        }
        shown.put(new SentId(sender, send.id()), true);
        recipient.ifPresent(p -> incoming.forAccount(p,
                new ServerFrame.Message(send.id(), from, from, false, null, send.content(), media, at)));
        String subject = world.groups().subject(send.chat());
        members.forEach(m -> incoming.forAccount(m, new ServerFrame.Message(send.id(), send.chat(), from, false, null,
                send.content(), media, at, null, null, subject, null, null)));
        receipts(at, sender, send, recipient.orElse(null));
    }

    private void receipts(Instant at, PhoneNumber sender, ClientFrame.Send send, @Nullable PhoneNumber recipient) {
        Behaviour behaviour = world.behaviour();
        Instant delivered = at.plus(behaviour.deliveredDelay());
        world.agenda().add(delivered,
                new Task.Receipt(sender, send.chat(), send.id(), Event.ReceiptKind.DELIVERED));
        Phone reader = recipient == null ? null : world.phones().find(recipient);
        if (behaviour.autoRead() || (reader != null && reader.readsByItself())) {
            world.agenda().add(delivered.plus(behaviour.readDelay()),
                    new Task.Receipt(sender, send.chat(), send.id(), Event.ReceiptKind.READ));
        }
    }

    /** Tells the sender's account; when it is away, at its next login. */
    void receiptDue(Instant at, Task.Receipt due) {
        ServerFrame.Receipt receipt = new ServerFrame.Receipt(due.id(), due.chat(), due.kind(), at);
        Phone phone = world.phones().of(due.sender());
        Connection live = phone.live();
        if (live == null || live.isDeaf()) {
            phone.keep(receipt);
        } else {
            world.effects().tell(live, receipt);
        }
    }
}
