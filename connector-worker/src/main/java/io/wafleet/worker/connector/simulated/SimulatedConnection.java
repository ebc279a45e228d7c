package io.wafleet.worker.connector.simulated;

import io.wafleet.contract.Content;
import io.wafleet.contract.Thumbnail;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.worker.connector.Advance;
import io.wafleet.worker.connector.ConnectRequest;
import io.wafleet.worker.connector.Connection;
import io.wafleet.worker.connector.ConnectionListener;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.connector.Inbound;
import io.wafleet.worker.connector.KeepAlive;
import io.wafleet.worker.connector.MediaBytes;
import io.wafleet.worker.connector.Outbound;
import io.wafleet.worker.connector.Uploaded;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the simulated WhatsApp. The account's partition loop calls it, the event loop and the connector's timer
 * call its inside; one lock makes it one call at a time, so that after the end nothing more is told.
 */
final class SimulatedConnection implements Connection, Wire.Ear {
    private static final long HANDSHAKE_NANOS = Sockets.HANDSHAKE_TIMEOUT.toNanos();
    private static final long MOST_GRACE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final String KEEPALIVE_TIMEOUT = "keepalive_timeout";

    private final SimulatedConnector connector;
    private final ConnectRequest request;
    private final ConnectionListener listener;
    private final Wire wire;
    private final long begunAt;
    /** How long the other side may take to follow an orderly end. */
    private final long graceNanos;

    /** Guards what follows, but for the counter. */
    private final Object lock = new Object();
    private final KeepAlive keepAlive;
    private Credentials credentials;
    private boolean greeted;
    private boolean loggedIn;
    private boolean over;
    private boolean closedHere;
    private boolean gone;
    private long overAt;
    private long pings;

    /** Of the partition loop alone. */
    private long counter;

    /** What was prepared, and for which connection. */
    private record Prepared(SimulatedConnection connection, Credentials.Changes changes, ClientFrame frame)
            implements
                Advance {}

    SimulatedConnection(SimulatedConnector connector, ConnectRequest request, ConnectionListener listener) {
        this.connector = connector;
        this.request = request;
        this.listener = listener;
        this.wire = new Wire(connector.sockets(), this);
        this.begunAt = connector.now();
        this.credentials = request.credentials();
        this.counter = Pairing.read(credentials).map(Pairing::counter).orElse(0L);
        this.graceNanos = Math.min(MOST_GRACE_NANOS, connector.timing().timeout().toNanos());
        this.keepAlive = new KeepAlive(connector.timing(), begunAt);
    }

    Wire wire() {
        return wire;
    }

    @Override
    public CompletionStage<Uploaded> upload(MediaBytes media) {
        return connector.upload(media);
    }

    @Override
    public Advance prepareSend(Outbound message) {
        counter++;
        Content content = message.content() instanceof Content.Media media
                && message.media() instanceof MediaUpload.Kept kept
                        ? media.at(kept.url(), kept.media().mimetype())
                        : message.content();
        return new Prepared(this, Pairing.advancedTo(counter),
                new ClientFrame.Send(message.id(), message.chat(), counter, content));
    }

    @Override
    public Advance prepareReceipt(Inbound message) {
        counter++;
        return new Prepared(this, Pairing.advancedTo(counter), new ClientFrame.Received(message.id(), counter));
    }

    @Override
    public void execute(Advance advance) {
        if (!(advance instanceof Prepared prepared) || prepared.connection != this) {
            throw new IllegalArgumentException("prepared by another connection");
        }
        say(prepared.frame);
    }

    @Override
    public void requestPairingCode() {
        say(new ClientFrame.RequestPairingCode(request.phone()));
    }

    private void say(ClientFrame frame) {
        synchronized (lock) {
            if (greeted && !over) {
                wire.write(frame);
            }
        }
    }

    @Override
    public void close(boolean logOut) {
        boolean farewell;
        synchronized (lock) {
            if (closedHere) {
                return;
            }
            closedHere = true;
            boolean canLogOut = loggedIn && !over;
            farewell = logOut && !canLogOut && Pairing.read(credentials).isPresent();
            if (!over) {
                end();
                if (logOut && canLogOut) {
                    // Answered by the end of the connection; the timer ends it when no answer comes.
                    wire.write(new ClientFrame.Logout());
                } else {
                    wire.shut();
                }
            }
        }
        if (farewell) {
            // Such as a pairing just scanned, whose connection WhatsApp itself has ended with 515.
            connector.logOut(new ConnectRequest(request.account(), request.phone(), credentials));
        }
    }

    @Override
    public void ready() {
        synchronized (lock) {
            keepAlive.heard(connector.now());
            greeted = true;
            Optional<Pairing> pairing = Pairing.read(credentials);
            String client = request.account().value();
            wire.write(pairing.<ClientFrame>map(p -> new ClientFrame.Login(client, p.identity().phone(),
                    p.identity().generation(), p.identity().token())).orElseGet(() -> new ClientFrame.Pair(client)));
        }
    }

    @Override
    public void frame(ServerFrame frame) {
        synchronized (lock) {
            keepAlive.heard(connector.now());
            switch (frame) {
                case ServerFrame.Qr qr -> tell(new ConnectionListener.QrShown(qr.text(),
                        Duration.ofMillis(Math.max(0, qr.validForMs()))));
                case ServerFrame.PairingCode code -> tell(new ConnectionListener.PairingCodeShown(code.code()));
                case ServerFrame.Paired paired -> {
                    credentials = Pairing.credentials(paired);
                    tell(new ConnectionListener.Paired(paired.phone(), credentials));
                }
                case ServerFrame.Open _ -> {
                    loggedIn = true;
                    tell(new ConnectionListener.Opened());
                }
                case ServerFrame.Ack ack -> tell(new ConnectionListener.SendAcked(ack.id()));
                case ServerFrame.Nack nack ->
                    tell(new ConnectionListener.SendRefused(nack.id(), nack.isPermanent(), nack.reason()));
                case ServerFrame.Receipt receipt ->
                    tell(new ConnectionListener.ReceiptArrived(receipt.id(), receipt.chat(), receipt.kind()));
                case ServerFrame.Message message -> tell(new ConnectionListener.MessageArrived(inbound(message)));
                case ServerFrame.Pong _ -> {
                }
                case ServerFrame.Close close -> finish(close.code(), close.reason());
            }
        }
    }

    private static Inbound inbound(ServerFrame.Message m) {
        return new Inbound(m.id(), m.chat(), m.from(), m.fromMe(), m.senderName(), m.content(), m.media(), m.at(),
                m.alternative(), m.fromAlternative(), m.subject(),
                Optional.ofNullable(m.thumbnail()).flatMap(Thumbnail::ofBase64).orElse(null),
                Boolean.TRUE.equals(m.offline()));
    }

    @Override
    public void noise() {
        synchronized (lock) {
            keepAlive.heard(connector.now());
        }
        connector.noise();
    }

    @Override
    public void ended(int status) {
        synchronized (lock) {
            boolean coded = status > ServerFrame.WEBSOCKET_STATUS_BASE;
            finish(coded ? status - ServerFrame.WEBSOCKET_STATUS_BASE : null,
                    coded ? "closed" : "connection lost");
        }
        forget();
    }

    @Override
    public void broken(String why) {
        synchronized (lock) {
            finish(null, why);
        }
        forget();
    }

    private void forget() {
        synchronized (lock) {
            gone = true;
        }
        wire.abort();
        connector.forget(this);
    }

    /** Looks at the clock; called regularly. */
    void tick() {
        synchronized (lock) {
            long now = connector.now();
            if (over) {
                if (!gone && now - overAt > graceNanos) {
                    forget();
                }
                return;
            }
            if (!greeted) {
                if (now - begunAt > HANDSHAKE_NANOS) {
                    broken("connection not made");
                }
                return;
            }
            switch (keepAlive.check(now)) {
                case FINE -> {
                }
                case PING -> wire.write(new ClientFrame.Ping(++pings));
                case DEAD -> broken(KEEPALIVE_TIMEOUT);
            }
        }
    }

    /** Drops it without telling anybody. */
    void drop() {
        synchronized (lock) {
            end();
        }
        wire.abort();
    }

    private void tell(ConnectionListener.Signal signal) {
        if (!over) {
            listener.signal(signal);
        }
    }

    /** The last word. */
    private void finish(@Nullable Integer code, String reason) {
        if (!over) {
            end();
            listener.signal(new ConnectionListener.Closed(code, reason));
            wire.shut();
        }
    }

    private void end() {
        over = true;
        overAt = connector.now();
    }
}
