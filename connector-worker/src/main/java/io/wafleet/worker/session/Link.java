package io.wafleet.worker.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where an account's link to WhatsApp stands. Data that exists in only one state is a component of only that record. */
public sealed interface Link {
    /** What is remembered of earlier connections. */
    Past past();

    /** There is no connection. */
    sealed interface Resting extends Link {}

    /** There is one connection. */
    sealed interface Live extends Link {
        ConnectionNumber connection();
    }

    /** Nothing is under way: just restored, not yet existing, or waiting for a person. */
    record Idle(Past past) implements Resting {}

    /** No connection until the time is due. */
    record Waiting(Past past, Instant due, Aim aim) implements Resting {}

    /** The limiter was asked for a turn to connect. */
    record AwaitingTurn(Past past, Aim aim) implements Resting {}

    /**
     * A connection is being opened.
     *
     * @param due when it counts as failed
     */
    record Connecting(Past past, ConnectionNumber connection, Aim aim, Instant due) implements Live {}

    /**
     * A QR can be scanned.
     *
     * @param text secret: whoever has it can link a device
     * @param aim whether a pairing code was asked for and is still to come
     */
    record ShowingQr(Past past, ConnectionNumber connection, Aim aim, String text, Instant expiresAt) implements Live {
        @Override
        public String toString() {
            return "ShowingQr[" + connection + ", until " + expiresAt + "]";
        }
    }

    /**
     * A pairing code can be typed in.
     *
     * @param code secret: whoever has it can link a device
     */
    record ShowingCode(Past past, ConnectionNumber connection, String code) implements Live {
        @Override
        public String toString() {
            return "ShowingCode[" + connection + "]";
        }
    }

    /**
     * Paired on this connection, which WhatsApp now ends with 515.
     *
     * @param due when waiting for that is over
     */
    record Scanned(Past past, ConnectionNumber connection, Instant due) implements Live {}

    /**
     * Logged in.
     *
     * @param stableAt when the failures before are forgotten; null when they are
     * @param flights sends without an answer
     */
    record Open(Past past, ConnectionNumber connection, @Nullable Instant stableAt, Flights flights) implements Live {}
}
