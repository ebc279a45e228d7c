package io.wafleet.worker.connector;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.Event.ReceiptKind;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.worker.connector.ConnectionListener.Closed;
import io.wafleet.worker.connector.ConnectionListener.MessageArrived;
import io.wafleet.worker.connector.ConnectionListener.Opened;
import io.wafleet.worker.connector.ConnectionListener.Paired;
import io.wafleet.worker.connector.ConnectionListener.PairingCodeShown;
import io.wafleet.worker.connector.ConnectionListener.QrShown;
import io.wafleet.worker.connector.ConnectionListener.ReceiptArrived;
import io.wafleet.worker.connector.ConnectionListener.SendAcked;
import io.wafleet.worker.connector.ConnectionListener.SendRefused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How WhatsApp's server answers {@link FakeConnector}'s connections, in memory and at once. Guarded by the connector. */
final class FakeWhatsApp {
    private static final Instant SOME_TIME = Instant.parse("2026-01-01T00:00:00Z");

    /** One phone, and the account linked to it. */
    private static final class Phone {
        private int generation;
        private boolean linked;
        private @Nullable FakeConnection live;
        private final Map<MessageId, Inbound> waiting = new LinkedHashMap<>();
        private final List<MessageId> received = new ArrayList<>();
    }

    private final Map<PhoneNumber, Phone> phones = new HashMap<>();
    private final Map<AccountId, FakeConnection> pairing = new HashMap<>();
    private final Map<String, FakeConnection> codes = new HashMap<>();
    private final Set<PhoneNumber> unregistered = new HashSet<>();
    private int made;

    private Phone phone(PhoneNumber number) {
        return phones.computeIfAbsent(number, _ -> new Phone());
    }

    void opened(FakeConnection connection) {
        Credentials.Part identity = connection.request().credentials().parts().get("identity");
        if (identity == null) {
            pairing.put(connection.request().account(), connection);
            connection.tell(new QrShown("qr-" + ++made, Duration.ofSeconds(60)));
            return;
        }
        String[] parts = new String(identity.bytes(), StandardCharsets.UTF_8).split("/", -1);
        Phone phone = phone(new PhoneNumber(parts[0]));
        if (!phone.linked || phone.generation != Integer.parseInt(parts[1])) {
            connection.end(new Closed(401, "logged out"));
            return;
        }
        FakeConnection older = phone.live;
        phone.live = connection;
        if (older != null) {
            older.end(new Closed(440, "replaced"));
        }
        connection.tell(new Opened());
        List.copyOf(phone.waiting.values()).forEach(m -> connection.tell(new MessageArrived(m)));
    }

    void closed(FakeConnection connection) {
        pairing.values().remove(connection);
        codes.values().remove(connection);
        phones.values().stream().filter(p -> p.live == connection).forEach(p -> p.live = null);
    }

    /** Gives up whatever pairing these credentials are of. */
    void loggedOut(Credentials credentials) {
        Credentials.Part identity = credentials.parts().get("identity");
        if (identity != null) {
            String[] parts = new String(identity.bytes(), StandardCharsets.UTF_8).split("/", -1);
            Phone phone = phone(new PhoneNumber(parts[0]));
            phone.linked = phone.linked && phone.generation != Integer.parseInt(parts[1]);
        }
    }

    void codeAsked(FakeConnection connection) {
        String code = "CODE" + ++made;
        codes.put(code, connection);
        connection.tell(new PairingCodeShown(code));
    }

    void sent(FakeConnection connection, Outbound message) {
        phones.values().stream().filter(p -> p.live == connection).findFirst().ifPresent(phone -> {
            if (unregistered.stream().anyMatch(n -> Chat.of(n).equals(message.chat()))) {
                connection.tell(new SendRefused(message.id(), true, "not on WhatsApp"));
                return;
            }
            phone.received.add(message.id());
            connection.tell(new SendAcked(message.id()));
            connection.tell(new ReceiptArrived(message.id(), message.chat(), ReceiptKind.DELIVERED));
        });
    }

    void stored(FakeConnection connection, MessageId message) {
        phones.values().stream().filter(p -> p.live == connection).forEach(p -> p.waiting.remove(message));
    }

    void scan(AccountId account, PhoneNumber number) {
        FakeConnection connection = pairing.get(account);
        if (connection == null) {
            throw new AssertionError(account + " shows no QR");
        }
        link(connection, number);
    }

    void type(PhoneNumber number, String code) {
        FakeConnection connection = codes.get(code);
        if (connection == null) {
            throw new AssertionError("no such code");
        }
        link(connection, number);
    }

    private void link(FakeConnection connection, PhoneNumber number) {
        removeDevice(number);
        Phone phone = phone(number);
        phone.generation++;
        phone.linked = true;
        closed(connection);
        byte[] identity = (number.e164() + "/" + phone.generation).getBytes(StandardCharsets.UTF_8);
        connection.paired(new Paired(number, new Credentials(Map.of("identity", new Credentials.Part(identity),
                "ratchet", new Credentials.Part(new byte[Long.BYTES])))));
        connection.end(new Closed(515, "restart required"));
    }

    void removeDevice(PhoneNumber number) {
        Phone phone = phone(number);
        phone.linked = false;
        FakeConnection live = phone.live;
        if (live != null) {
            live.end(new Closed(401, "logged out"));
        }
    }

    void close(PhoneNumber number, Closed closed) {
        FakeConnection live = phone(number).live;
        if (live != null) {
            live.end(closed);
        }
    }

    void unregister(PhoneNumber number) {
        unregistered.add(number);
    }

    MessageId write(PhoneNumber from, PhoneNumber to, String text) {
        MessageId id = new MessageId("IN" + ++made);
        Inbound message = new Inbound(id, Chat.of(from), Chat.of(from), false, null, new Content.Text(text), null,
                SOME_TIME);
        Phone phone = phone(to);
        phone.waiting.put(id, message);
        FakeConnection live = phone.live;
        if (live != null) {
            live.tell(new MessageArrived(message));
        }
        return id;
    }

    List<MessageId> receivedFrom(PhoneNumber number) {
        return List.copyOf(phone(number).received);
    }
}
