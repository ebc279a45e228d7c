package io.wafleet.worker.simulation;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.worker.connector.ConnectionListener.Closed;
import io.wafleet.worker.connector.ConnectionListener.MessageArrived;
import io.wafleet.worker.connector.ConnectionListener.Opened;
import io.wafleet.worker.connector.ConnectionListener.Paired;
import io.wafleet.worker.connector.ConnectionListener.QrShown;
import io.wafleet.worker.connector.ConnectionListener.SendAcked;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.connector.Inbound;
import io.wafleet.worker.connector.Outbound;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** WhatsApp: one live connection for each account, a newer one ends the older with 440; and people who scan QRs and write. */
final class WhatsApp {
    private static final class Phone {
        private final PhoneNumber number;
        private long pairing;
        private boolean linked;
        private @Nullable SimulatedConnection live;
        private final Map<MessageId, Inbound> waiting = new LinkedHashMap<>();
        private final Set<MessageId> received = new HashSet<>();

        Phone(PhoneNumber number) {
            this.number = number;
        }
    }

    private final Scheduler scheduler;
    private final Chance chance;
    private final Trace trace;
    private final Map<AccountId, Phone> phones = new TreeMap<>();
    private int written;

    WhatsApp(Scheduler scheduler, Chance chance, Trace trace) {
        this.scheduler = scheduler;
        this.chance = chance;
        this.trace = trace;
    }

    void register(AccountId account, PhoneNumber number) {
        phones.put(account, new Phone(number));
    }

    private Phone phone(AccountId account) {
        Phone phone = phones.get(account);
        if (phone == null) {
            throw new IllegalStateException("no phone of " + account);
        }
        return phone;
    }

    void fromWorker(Runnable arrives) {
        scheduler.after(chance.way(), arrives);
    }

    void toWorker(SimulatedConnection connection, Runnable arrives) {
        connection.worker().host().after(chance.way(), arrives);
    }

    /** A connection says who it is. */
    void logIn(SimulatedConnection connection) {
        if (connection.isOver()) {
            return;
        }
        Phone phone = phone(connection.account());
        Ratchet ratchet = Ratchet.of(connection.request().credentials());
        if (ratchet.pairing() == 0) {
            connection.tell(new QrShown("qr", Duration.ofSeconds(20)));
            scheduler.after(chance.millis(50, 400), () -> scan(connection, phone));
        } else if (!phone.linked || phone.pairing != ratchet.pairing()) {
            connection.tell(new Closed(401, "logged out"));
        } else {
            SimulatedConnection older = phone.live;
            phone.live = connection;
            if (older != null) {
                trace.note("whatsapp:", connection.account(), "of", older.worker().host(), "is replaced by",
                        connection.worker().host());
                older.tell(new Closed(440, "replaced"));
            }
            trace.note("whatsapp:", connection.account(), "is live at", connection.worker().host());
            connection.tell(new Opened());
            List.copyOf(phone.waiting.values()).forEach(m -> connection.tell(new MessageArrived(m)));
        }
    }

    private void scan(SimulatedConnection connection, Phone phone) {
        if (connection.isOver() || connection.worker().host().isDead()) {
            return;
        }
        SimulatedConnection before = phone.live;
        if (before != null) {
            before.tell(new Closed(401, "logged out"));
            phone.live = null;
        }
        phone.pairing++;
        phone.linked = true;
        connection.tell(new Paired(phone.number,
                new Credentials(Map.of(Ratchet.PART, new Ratchet(phone.pairing, 0).part()))));
        connection.tell(new Closed(515, "restart required"));
    }

    void closed(SimulatedConnection connection, boolean logOut) {
        Phone phone = phone(connection.account());
        if (phone.live == connection) {
            phone.live = null;
            phone.linked &= !logOut;
        }
    }

    /** A process is gone, and its connections with it. */
    void reset(Host host) {
        phones.values().forEach(p -> {
            if (p.live != null && p.live.worker().host() == host) {
                p.live = null;
            }
        });
    }

    void sent(SimulatedConnection connection, Outbound message) {
        Phone phone = phone(connection.account());
        if (phone.live == connection) {
            phone.received.add(message.id());
            connection.tell(new SendAcked(message.id()));
        }
    }

    void acked(SimulatedConnection connection, MessageId message) {
        Phone phone = phone(connection.account());
        if (phone.live == connection) {
            phone.waiting.remove(message);
        }
    }

    /** Somebody writes to an account. */
    void write(AccountId to) {
        MessageId id = new MessageId("IN" + written++);
        Chat from = new Chat("40700000001@s.whatsapp.net");
        Inbound message = new Inbound(id, from, from, false, null, new Content.Text("hello"), null, Instant.EPOCH);
        Phone phone = phone(to);
        phone.waiting.put(id, message);
        SimulatedConnection live = phone.live;
        if (live != null) {
            live.tell(new MessageArrived(message));
        }
    }

    /** WhatsApp closes an account's connection; with 401 the pairing is over. */
    void close(AccountId account, @Nullable Integer code) {
        Phone phone = phone(account);
        SimulatedConnection live = phone.live;
        if (live != null) {
            trace.note("whatsapp: closes", account, "with", code);
            phone.live = null;
            phone.linked &= code == null || code != 401;
            live.tell(new Closed(code, "closed"));
        }
    }

    /** Who has the account's live connection. */
    @Nullable
    SimulatedConnection live(AccountId account) {
        return phone(account).live;
    }

    boolean hasReceived(AccountId account, MessageId message) {
        return phone(account).received.contains(message);
    }

    /** Whether all that was written to the account was taken in. */
    boolean isTakenIn(AccountId account) {
        return phone(account).waiting.isEmpty();
    }
}
