package io.wafleet.worker.session;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Command;
import io.wafleet.contract.Content;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.Reply;
import io.wafleet.worker.connector.ConnectionListener;
import io.wafleet.worker.connector.Credentials;
import io.wafleet.worker.connector.Inbound;
import io.wafleet.worker.connector.Uploaded;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order of the machine. {@link Write}s are written in one transaction with the session's new account state; {@link Act}s are
 * done after that transaction committed, in order, each under the lease.
 */
public sealed interface SessionEffect {

    /** To be made durable. */
    sealed interface Write extends SessionEffect {}

    /** To be done, outside or by timer. */
    sealed interface Act extends SessionEffect {}

    /** All credentials of the account are deleted from the journal. */
    record ClearCredentials() implements Write {}

    /** These credentials replace all that the account has. */
    record ReplaceCredentials(Credentials credentials) implements Write {}

    /** Tell of a QR. */
    record AnnounceQr(String text, Instant expiresAt, Instant windowEndsAt) implements Write {
        /** A QR links a device: logs show only that there is one. */
        @Override
        public String toString() {
            return "AnnounceQr[until " + expiresAt + "]";
        }
    }

    /** Tell of a pairing code. */
    record AnnouncePairingCode(String code, Instant windowEndsAt) implements Write {
        /** A pairing code links a device: logs show only that there is one. */
        @Override
        public String toString() {
            return "AnnouncePairingCode[until " + windowEndsAt + "]";
        }
    }

    /** Answer an account command. */
    record Answer(Command.AccountCommand command, Reply.CommandResult result, @Nullable String code,
            @Nullable String reason, @Nullable AccountStatus status) implements Write {}

    /** Tell the outbox how a dispatch ended. */
    record TellOutcome(Command.Dispatch dispatch, Event.Outcome outcome, @Nullable String reason) implements Write {}

    /** Tell of a receipt. */
    record TellReceipt(ConnectionListener.ReceiptArrived receipt) implements Write {}

    /**
     * Tell of an inbound message together with the advanced credentials that its decryption brings; ack it to WhatsApp after the
     * commit.
     */
    record TakeIn(ConnectionNumber connection, Inbound message) implements Write {}

    /**
     * Advance the credentials for this message and store them; write its bytes after the commit.
     *
     * @param media what was uploaded for it; null when its content has none
     */
    record Send(ConnectionNumber connection, Command.Dispatch dispatch, @Nullable Uploaded media) implements Write {}

    /** Bring the content's bytes to WhatsApp on this connection; {@link SessionEvent.MediaBrought} follows. */
    record BringMedia(ConnectionNumber connection, MessageId message, Content.Media content) implements Act {}

    /**
     * Ask the limiter for a turn; {@link SessionEvent.Permitted} follows.
     *
     * @param urgent whether a person stands there with a phone: before all that only log in again
     */
    record AwaitTurn(boolean urgent) implements Act {}

    /**
     * Open a connection.
     *
     * @param withCredentials false: to be paired, whatever credentials there are
     */
    record OpenConnection(ConnectionNumber connection, boolean withCredentials) implements Act {}

    /**
     * End a connection.
     *
     * @param logOut also give the pairing up at WhatsApp
     */
    record CloseConnection(ConnectionNumber connection, boolean logOut) implements Act {}

    /** Ask the connection for a pairing code. */
    record RequestPairingCode(ConnectionNumber connection) implements Act {}

    /** Fire a {@link SessionEvent.TimerFired} at this time; replaces the timer of the same kind. */
    record SetTimer(SessionTimer timer, Instant due) implements Act {}

    /** Forget the timer of this kind. */
    record CancelTimer(SessionTimer timer) implements Act {}
}
