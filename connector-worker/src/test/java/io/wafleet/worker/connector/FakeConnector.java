package io.wafleet.worker.connector;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connector in memory. Either it behaves as WhatsApp does, with people who scan and write; or it only remembers, and a test
 * tells each signal by hand with {@link FakeConnection#tell}. Listeners are called on the caller's thread. A monitor.
 */
public final class FakeConnector implements Connector {
    private final @Nullable FakeWhatsApp whatsApp;
    private final List<FakeConnection> connections = new ArrayList<>();

    private FakeConnector(@Nullable FakeWhatsApp whatsApp) {
        this.whatsApp = whatsApp;
    }

    /** Shows QRs, lets in who is paired, acks, delivers. */
    public static FakeConnector behaving() {
        return new FakeConnector(new FakeWhatsApp());
    }

    /** Says nothing by itself. */
    public static FakeConnector scripted() {
        return new FakeConnector(null);
    }

    @Override
    public synchronized Connection open(ConnectRequest request, ConnectionListener listener) {
        FakeConnection connection = new FakeConnection(this, whatsApp, request, listener);
        connections.add(connection);
        if (whatsApp != null) {
            whatsApp.opened(connection);
        }
        return connection;
    }

    /** All that were ever opened, in order. */
    public synchronized List<FakeConnection> connections() {
        return List.copyOf(connections);
    }

    public synchronized List<FakeConnection> connections(AccountId account) {
        return connections.stream().filter(c -> c.request().account().equals(account)).toList();
    }

    /** The account's newest connection. */
    public synchronized Optional<FakeConnection> latest(AccountId account) {
        return connections.reversed().stream().filter(c -> c.request().account().equals(account)).findFirst();
    }

    /** How many are live now. */
    public synchronized int live() {
        return (int) connections.stream().filter(FakeConnection::isLive).count();
    }

    public synchronized void scan(AccountId account, PhoneNumber phone) {
        people().scan(account, phone);
    }

    public synchronized void type(PhoneNumber phone, String code) {
        people().type(phone, code);
    }

    public synchronized MessageId write(PhoneNumber from, PhoneNumber to, String text) {
        return people().write(from, to, text);
    }

    public synchronized void removeDevice(PhoneNumber phone) {
        people().removeDevice(phone);
    }

    /** WhatsApp closes the live connection of this phone's account. */
    public synchronized void close(PhoneNumber phone, int code) {
        people().close(phone, new ConnectionListener.Closed(code, "closed"));
    }

    /** The network of this phone's account breaks. */
    public synchronized void drop(PhoneNumber phone) {
        people().close(phone, new ConnectionListener.Closed(null, "connection lost"));
    }

    public synchronized void unregister(PhoneNumber phone) {
        people().unregister(phone);
    }

    /** What the server got from this phone's account, in order, over all its connections. */
    public synchronized List<MessageId> receivedFrom(PhoneNumber phone) {
        return people().receivedFrom(phone);
    }

    private FakeWhatsApp people() {
        if (whatsApp == null) {
            throw new IllegalStateException("a scripted connector has no people");
        }
        return whatsApp;
    }

    @Override
    public synchronized void close() {
        connections.forEach(c -> c.close(false));
    }
}
