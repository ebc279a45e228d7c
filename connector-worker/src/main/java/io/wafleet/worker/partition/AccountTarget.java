package io.wafleet.worker.partition;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.MessageId;
import io.wafleet.worker.connector.ConnectionListener;
import io.wafleet.worker.media.MediaSource;
import io.wafleet.worker.session.ConnectionNumber;
import io.wafleet.worker.session.SessionTimer;
import java.time.Instant;
import java.util.function.Consumer;

/** Brings what one account's acts lead to back to its partition's loop. Thread-safe. */
record AccountTarget(AccountId account, Consumer<PartitionMessage> mailbox,
        PartitionPorts ports) implements Recorder.Target {

    @Override
    public void awaitTurn(Instant connectedSince) {
        ports.limiter().request(connectedSince,
                turn -> mailbox.accept(new PartitionMessage.Permitted(account, turn)));
    }

    @Override
    public void signalled(ConnectionNumber connection, ConnectionListener.Signal signal) {
        mailbox.accept(new PartitionMessage.Signalled(account, connection, signal));
    }

    @Override
    public void timer(SessionTimer timer, Instant due) {
        mailbox.accept(new PartitionMessage.TimerFired(account, timer, due));
    }

    @Override
    public void brought(ConnectionNumber connection, MessageId message, MediaSource.Brought media) {
        mailbox.accept(new PartitionMessage.MediaBrought(account, connection, message, media));
    }
}
