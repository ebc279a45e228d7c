package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What people with phones do and see. Part of {@link SimulatedWhatsApp}, on its thread. */
public final class People {
    private final World world;
    private final PairingDesk pairing;
    private final Logins logins;
    private final Incoming incoming;

    People(World world, PairingDesk pairing, Logins logins, Incoming incoming) {
        this.world = world;
        this.pairing = pairing;
        this.logins = logins;
        this.incoming = incoming;
    }

    /** Scans this QR. */
    public Answer<Link> scan(Instant at, PhoneNumber phone, String qr) {
        return pairing.scan(at, phone, qr);
    }

    /** Scans the QR that this account shows. */
    public Answer<Link> scanAccount(Instant at, PhoneNumber phone, String account) {
        return pairing.scanAccount(at, phone, account);
    }

    /** Types a pairing code. */
    public Answer<Link> type(Instant at, PhoneNumber phone, String code) {
        return pairing.type(at, phone, code);
    }

    /** Removes the linked account. */
    public Answer<Link> removeDevice(Instant at, PhoneNumber phone) {
        return logins.remove(at, phone);
    }

    /** Writes to somebody, or into a group; media must lie on the shelf. */
    public Answer<Written> write(Instant at, PhoneNumber from, PhoneNumber to, Content content,
            @Nullable Chat group) {
        return write(at, from, to, Letter.of(content, group));
    }

    /**
     * Writes to somebody, or into a group; media must lie on the shelf.
     *
     * @param to the one who gets it; null: everybody in the group
     */
    public Answer<Written> write(Instant at, PhoneNumber from, @Nullable PhoneNumber to, Letter letter) {
        return incoming.write(at, from, to, letter);
    }

    /** Makes a group, or changes what it is called and who is in it. */
    public void keep(GroupView group) {
        world.groups().keep(group);
    }

    public List<GroupView> groups() {
        return world.groups().all();
    }

    /** Opens a chat: who wrote what was unread there gets read receipts; says how many lines that were. */
    public int open(Instant at, PhoneNumber phone, Chat chat) {
        ChatHistory.ChatLog log = world.history().chats(phone).get(chat);
        if (log == null) {
            return 0;
        }
        List<ChatLine> opened = log.open();
        for (ChatLine line : opened) {
            if (line.byAccount() && line.readable()) {
                Recipients.person(line.from()).ifPresent(sender -> receipt(at, sender, Chat.of(phone), line.id(),
                        Event.ReceiptKind.READ));
            }
        }
        world.effects().show(new Sight.ChatChanged(phone, chat));
        return opened.size();
    }

    /** A receipt for a message of this account's phone comes now, whether it makes sense or not. */
    public void receipt(Instant at, PhoneNumber sender, Chat chat, MessageId id, Event.ReceiptKind kind) {
        world.agenda().add(at, new Task.Receipt(sender, chat, id, kind));
    }

    /** Puts the phone on WhatsApp, or takes it off: messages to it are then refused with 404. */
    public void register(PhoneNumber phone, boolean registered) {
        world.remember(new Fact.Registered(phone, registered));
        world.effects().show(new Sight.PhoneChanged(phone));
    }

    /** Whether what this phone gets is read by itself. */
    public void readByItself(PhoneNumber phone, boolean now) {
        world.phones().of(phone).readsByItself(now);
    }

    /** The phone that an account is, or was last, linked to. */
    public Optional<PhoneNumber> phoneOf(String account) {
        return Optional.ofNullable(world.phones().ofAccount(account)).map(Phone::number);
    }

    public PhoneView phone(PhoneNumber number) {
        Phone phone = world.phones().find(number);
        int unread = world.history().chats(number).values().stream().mapToInt(ChatHistory.ChatLog::unread).sum();
        if (phone == null) {
            return new PhoneView(number, true, null, 0, false, null, 0, false, unread);
        }
        Phone.Device device = phone.device();
        Connection live = phone.live();
        return new PhoneView(number, phone.isRegistered(), device == null ? null : device.account(),
                phone.generation(), live != null, live == null ? null : live.id().number(), phone.waiting().size(),
                phone.readsByItself(), unread);
    }

    /** All phones that something is known of, in the order of their numbers, after this one. */
    public List<PhoneView> phones(String after, int limit) {
        TreeSet<PhoneNumber> numbers = new TreeSet<>(Comparator.comparing(PhoneNumber::e164));
        world.phones().all().forEach(p -> numbers.add(p.number()));
        world.history().phones().forEach(numbers::add);
        return numbers.stream().filter(n -> n.e164().compareTo(after) > 0).limit(limit).map(this::phone).toList();
    }

    /** The chats of a phone, the one with the newest line first. */
    public List<ChatView> chats(PhoneNumber phone) {
        return world.history().chats(phone).entrySet().stream().filter(e -> e.getValue().last() != null)
                .map(e -> new ChatView(e.getKey(), e.getValue().unread(), Objects.requireNonNull(e.getValue().last())))
                .sorted(Comparator.comparing((ChatView c) -> c.last().at()).reversed()).toList();
    }

    /** The lines of a chat, the oldest first. */
    public List<ChatLine> lines(PhoneNumber phone, Chat chat) {
        ChatHistory.ChatLog log = world.history().chats(phone).get(chat);
        return log == null ? List.of() : log.lines();
    }

    /** What can be scanned or typed now. */
    public List<PairingView> pairings() {
        return world.offers().all().stream().map(o -> new PairingView(o.client(), o.qr(), o.over(), o.code(),
                o.codeFor(), o.connection().id().number())).toList();
    }
}
