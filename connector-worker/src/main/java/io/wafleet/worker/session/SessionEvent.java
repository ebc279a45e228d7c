package io.wafleet.worker.session;

import io.wafleet.contract.Command;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.MessageId;
import io.wafleet.worker.connector.ConnectionListener;
import io.wafleet.worker.media.MediaSource;
import java.time.Instant;

/** What happened to an account's session. Time and chance enter here, and nowhere else. */
public sealed interface SessionEvent {
    Instant at();

    /** What of an account's journal could not be read. */
    enum Unreadable {
        NOTHING,
        /** Its credentials, or the key to them: they are kept, and tried again by the next owner. */
        CREDENTIALS,
        /** Its newest record: an older one stands for it. */
        RECORD
    }

    /** A new owner restored the account from the journal (or from nothing, right before its first {@link Ordered}). */
    record Restored(Instant at, Unreadable unreadable) implements SessionEvent {}

    /** A person's order, read from the commands topic and not expired. */
    record Ordered(Instant at, Command.AccountCommand command) implements SessionEvent {}

    /** The outbox orders an attempt, under this owner's epoch. */
    record DispatchOrdered(Instant at, Command.Dispatch dispatch) implements SessionEvent {}

    /**
     * The media of a message are with WhatsApp, or are not to be had.
     *
     * @param epoch of this owner, now: it may have claimed anew since the media were asked for
     */
    record MediaBrought(Instant at, ConnectionNumber connection, MessageId message, Epoch epoch,
            MediaSource.Brought media) implements SessionEvent {}

    /** The limiter lets the account connect. */
    record Permitted(Instant at) implements SessionEvent {}

    /**
     * A connection told something.
     *
     * @param jitter 0 (inclusive) to 1 (exclusive), for the backoff
     */
    record Signalled(Instant at, ConnectionNumber connection, ConnectionListener.Signal signal, double jitter)
            implements
                SessionEvent {}

    /**
     * A deadline is over. Stale when the session no longer waits for exactly this one.
     *
     * @param due the time that the timer was set to
     * @param jitter 0 (inclusive) to 1 (exclusive), for the backoff
     */
    record TimerFired(Instant at, SessionTimer timer, Instant due, double jitter) implements SessionEvent {}
}
