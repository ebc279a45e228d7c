package io.wafleet.worker.connector;

import io.wafleet.contract.MessageId;
import io.wafleet.worker.connector.ConnectionListener.Closed;
import io.wafleet.worker.connector.ConnectionListener.Paired;
import io.wafleet.worker.connector.ConnectionListener.Signal;
import io.wafleet.worker.connector.Credentials.Part;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A connection in memory that remembers what it was told to do. Guarded by its connector. */
public final class FakeConnection implements Connection {
    private final FakeConnector connector;
    private final @Nullable FakeWhatsApp whatsApp;
    private final ConnectRequest request;
    private final ConnectionListener listener;
    private final List<Outbound> sent = new ArrayList<>();
    private final List<MessageId> acked = new ArrayList<>();
    private Credentials credentials;
    private long counter;
    private boolean over;
    private boolean closedHere;
    private boolean loggedOut;
    private int codesAsked;

    private sealed interface Prepared extends Advance {
        FakeConnection connection();
    }

    private record Send(FakeConnection connection, Credentials.Changes changes, Outbound message)
            implements
                Prepared {}

    private record Ack(FakeConnection connection, Credentials.Changes changes, MessageId message)
            implements
                Prepared {}

    FakeConnection(FakeConnector connector, @Nullable FakeWhatsApp whatsApp, ConnectRequest request,
            ConnectionListener listener) {
        this.connector = connector;
        this.whatsApp = whatsApp;
        this.request = request;
        this.listener = listener;
        this.credentials = request.credentials();
        Part ratchet = credentials.parts().get("ratchet");
        this.counter = ratchet == null || ratchet.bytes().length < Long.BYTES
                ? 0
                : ByteBuffer.wrap(ratchet.bytes()).getLong();
    }

    /** What it was opened with. */
    public ConnectRequest request() {
        return request;
    }

    /** The messages written, in order. */
    public List<Outbound> sent() {
        synchronized (connector) {
            return List.copyOf(sent);
        }
    }

    /** The inbound messages whose receipt was written, in order. */
    public List<MessageId> acked() {
        synchronized (connector) {
            return List.copyOf(acked);
        }
    }

    /** Whether neither side has ended it. */
    public boolean isLive() {
        synchronized (connector) {
            return !over;
        }
    }

    /** Whether this side ended it. */
    public boolean isClosedHere() {
        synchronized (connector) {
            return closedHere;
        }
    }

    public boolean isLoggedOut() {
        synchronized (connector) {
            return loggedOut;
        }
    }

    public int codesAsked() {
        synchronized (connector) {
            return codesAsked;
        }
    }

    /** Tells the listener; a {@link Closed} ends the connection. Nothing is told after the end. */
    public void tell(Signal signal) {
        synchronized (connector) {
            switch (signal) {
                case Closed closed -> end(closed);
                case Paired paired -> paired(paired);
                default -> say(signal);
            }
        }
    }

    void paired(Paired paired) {
        credentials = paired.credentials();
        say(paired);
    }

    void end(Closed closed) {
        say(closed);
        over = true;
        if (whatsApp != null) {
            whatsApp.closed(this);
        }
    }

    private void say(Signal signal) {
        if (!over) {
            listener.signal(signal);
        }
    }

    private Credentials.Changes advanced() {
        counter++;
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(counter).array();
        return new Credentials.Changes(Map.of("ratchet", Optional.of(new Part(bytes))));
    }

    @Override
    public CompletionStage<Uploaded> upload(MediaBytes media) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("no media here"));
    }

    @Override
    public Advance prepareSend(Outbound message) {
        synchronized (connector) {
            return new Send(this, advanced(), message);
        }
    }

    @Override
    public Advance prepareReceipt(Inbound message) {
        synchronized (connector) {
            return new Ack(this, advanced(), message.id());
        }
    }

    @Override
    public void execute(Advance advance) {
        if (!(advance instanceof Prepared prepared) || prepared.connection() != this) {
            throw new IllegalArgumentException("prepared by another connection");
        }
        synchronized (connector) {
            if (over) {
                return;
            }
            switch (prepared) {
                case Send send -> {
                    sent.add(send.message);
                    if (whatsApp != null) {
                        whatsApp.sent(this, send.message);
                    }
                }
                case Ack ack -> {
                    acked.add(ack.message);
                    if (whatsApp != null) {
                        whatsApp.stored(this, ack.message);
                    }
                }
            }
        }
    }

    @Override
    public void requestPairingCode() {
        synchronized (connector) {
            if (!over) {
                codesAsked++;
                if (whatsApp != null) {
                    whatsApp.codeAsked(this);
                }
            }
        }
    }

    @Override
    public void close(boolean logOut) {
        synchronized (connector) {
            closedHere = true;
            loggedOut |= logOut;
            if (whatsApp != null) {
                if (logOut) {
                    whatsApp.loggedOut(credentials);
                }
                whatsApp.closed(this);
            }
            over = true;
        }
    }
}
