package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ServerFrame;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What WhatsApp knows of one number. Its lasting part is changed only by {@link #replay}. */
final class Phone {
    /** Receipts for an account that is away; beyond this the oldest are lost. */
    private static final int MAX_RECEIPTS = 10_000;

    private final PhoneNumber number;
    private final Map<MessageId, ServerFrame.Message> waiting = new LinkedHashMap<>();
    private final ArrayDeque<ServerFrame.Receipt> receipts = new ArrayDeque<>();
    private boolean registered = true;
    private long generation;
    private @Nullable Device device;
    private Ratchet ratchet = new Ratchet();
    private @Nullable Connection live;
    private boolean readsByItself;

    /** The linked account's credentials. */
    record Device(String account, String token) {}

    Phone(PhoneNumber number) {
        this.number = number;
    }

    void replay(Fact fact) {
        switch (fact) {
            case Fact.Linked linked -> {
                generation = linked.generation();
                device = new Device(linked.account(), linked.token());
                ratchet = new Ratchet();
            }
            case Fact.Unlinked unlinked -> {
                generation = unlinked.generation();
                device = null;
            }
            case Fact.CounterUsed used -> ratchet.use(used.counter());
            case Fact.RatchetKept kept -> ratchet = new Ratchet(kept.highest(), kept.gaps());
            case Fact.Registered now -> registered = now.registered();
            case Fact.Queued queued -> waiting.put(queued.message().id(), queued.message());
            case Fact.Delivered delivered -> waiting.remove(delivered.id());
        }
    }

    PhoneNumber number() {
        return number;
    }

    boolean isRegistered() {
        return registered;
    }

    /** Of the newest pairing; 0 before the first. */
    long generation() {
        return generation;
    }

    @Nullable
    Device device() {
        return device;
    }

    boolean accepts(long loginGeneration, String token) {
        return device != null && loginGeneration == generation && device.token().equals(token);
    }

    Ratchet ratchet() {
        return ratchet;
    }

    /** The live connection of its account; null when it is away. */
    @Nullable
    Connection live() {
        return live;
    }

    void live(@Nullable Connection connection) {
        live = connection;
    }

    boolean isWaiting(MessageId id) {
        return waiting.containsKey(id);
    }

    Optional<ServerFrame.Message> waiting(MessageId id) {
        return Optional.ofNullable(waiting.get(id));
    }

    /** What its account has not stored yet, the oldest first. */
    Collection<ServerFrame.Message> waiting() {
        return waiting.values();
    }

    void keep(ServerFrame.Receipt receipt) {
        receipts.addLast(receipt);
        if (receipts.size() > MAX_RECEIPTS) {
            receipts.removeFirst();
        }
    }

    /** Takes the receipts that came while its account was away. */
    ServerFrame.@Nullable Receipt pollReceipt() {
        return receipts.pollFirst();
    }

    boolean readsByItself() {
        return readsByItself;
    }

    void readsByItself(boolean now) {
        readsByItself = now;
    }
}
