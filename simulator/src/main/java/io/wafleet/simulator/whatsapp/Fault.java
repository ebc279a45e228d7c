package io.wafleet.simulator.whatsapp;

import java.time.Duration;

/** Something that goes wrong on purpose. */
public sealed interface Fault {
    /** Happens to the connections that are live now, and to none that come later. */
    sealed interface Once extends Fault {}

    /** Stands until it has happened often enough, or is lifted. */
    sealed interface Standing extends Fault {}

    /** Close with this code. */
    record Close(int code, String reason) implements Once {}

    /** Cut the socket without a word. */
    record Drop() implements Once {}

    /**
     * The connection stays open, but nothing is sent on it any more, not even a pong.
     *
     * @param hears whether what the client says is still taken in
     */
    record Deaf(boolean hears) implements Once {}

    /** Logins are closed with this code; for everybody's scope, pairings too. */
    record RefuseLogins(int code, String reason) implements Standing {}

    /** Acks come so much later. */
    record DelayAcks(Duration delay) implements Standing {}

    /** Messages are taken, but not acknowledged. */
    record LoseAcks() implements Standing {}

    /** Messages are refused with this code. */
    record Nack(int code, String reason) implements Standing {}

    /** That a client has stored a message is not heard: it comes again after the next login. */
    record LoseReceived() implements Standing {}

    /** What a client says to have stored is heard, and comes once more all the same. */
    record Redeliver() implements Standing {}

    /** Pairings get only so many QRs. */
    record FewQrs(int refs) implements Standing {}
}
