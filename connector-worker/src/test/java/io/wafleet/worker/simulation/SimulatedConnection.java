package io.wafleet.worker.simulation;

import io.wafleet.contract.AccountId;
import io.wafleet.worker.connector.Advance;
import io.wafleet.worker.connector.ConnectRequest;
import io.wafleet.worker.connector.Connection;
import io.wafleet.worker.connector.ConnectionListener;
import io.wafleet.worker.connector.ConnectionListener.Closed;
import io.wafleet.worker.connector.ConnectionListener.Paired;
import io.wafleet.worker.connector.ConnectionListener.Signal;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.connector.Inbound;
import io.wafleet.worker.connector.MediaBytes;
import io.wafleet.worker.connector.Outbound;
import io.wafleet.worker.connector.Uploaded;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A worker's end of a connection. What it does outside is checked when it does it. */
final class SimulatedConnection implements Connection {
    private final Worker worker;
    private final WhatsApp whatsApp;
    private final Promises promises;
    private final ConnectRequest request;
    private final ConnectionListener listener;
    private final long number;
    private final Deque<Signal> toWorker = new ArrayDeque<>();
    private final Deque<Runnable> toWhatsApp = new ArrayDeque<>();
    private Ratchet ratchet;
    private boolean over;

    private record Prepared(SimulatedConnection connection, Credentials.Changes changes, Ratchet step, String content,
            Runnable atWhatsApp) implements Advance {}

    SimulatedConnection(Worker worker, WhatsApp whatsApp, Promises promises, ConnectRequest request,
            ConnectionListener listener, long number) {
        this.worker = worker;
        this.whatsApp = whatsApp;
        this.promises = promises;
        this.request = request;
        this.listener = listener;
        this.number = number;
        this.ratchet = Ratchet.of(request.credentials());
    }

    Worker worker() {
        return worker;
    }

    AccountId account() {
        return request.account();
    }

    ConnectRequest request() {
        return request;
    }

    /** The later it was opened, the greater. */
    long number() {
        return number;
    }

    /** Whether this end thinks that it is over. */
    boolean isOver() {
        return over;
    }

    /** What WhatsApp says, on its way; in order, as a connection is. */
    void tell(Signal signal) {
        toWorker.addLast(signal);
        whatsApp.toWorker(this, () -> {
            Signal next = toWorker.removeFirst();
            if (over) {
                return;
            }
            if (next instanceof Paired paired) {
                ratchet = Ratchet.of(paired.credentials());
            }
            over = next instanceof Closed;
            listener.signal(next);
        });
    }

    /** What this end says, on its way; in order as well. */
    private void say(Runnable atWhatsApp) {
        toWhatsApp.addLast(atWhatsApp);
        whatsApp.fromWorker(() -> toWhatsApp.removeFirst().run());
    }

    /** Once the line stands, it says who it is; the process may have slept in between. */
    void connect() {
        whatsApp.toWorker(this, () -> {
            if (over) {
                return;
            }
            if (worker.isLeased()) {
                promises.goesOn(worker, this, "log in");
                say(() -> whatsApp.logIn(this));
            } else {
                over = true;
                listener.signal(new Closed(null, "may not act any more"));
            }
        });
    }

    @Override
    public CompletionStage<Uploaded> upload(MediaBytes media) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("no media here"));
    }

    @Override
    public Advance prepareSend(Outbound message) {
        return prepared("send " + message.id(), () -> whatsApp.sent(this, message));
    }

    @Override
    public Advance prepareReceipt(Inbound message) {
        return prepared("receipt " + message.id(), () -> whatsApp.acked(this, message.id()));
    }

    private Advance prepared(String content, Runnable atWhatsApp) {
        ratchet = ratchet.next();
        Credentials.Changes changes = new Credentials.Changes(Map.of(Ratchet.PART, Optional.of(ratchet.part())));
        return new Prepared(this, changes, ratchet, content, atWhatsApp);
    }

    @Override
    public void execute(Advance prepared) {
        if (over || !(prepared instanceof Prepared mine)) {
            return;
        }
        promises.acts(worker, this, mine.content);
        promises.stepped(account(), mine.step, mine.content);
        say(mine.atWhatsApp);
    }

    @Override
    public void requestPairingCode() {
        // Nobody asks for one here.
    }

    @Override
    public void close(boolean logOut) {
        if (!over) {
            over = true;
            say(() -> whatsApp.closed(this, logOut));
        }
    }
}
