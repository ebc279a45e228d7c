package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.PhoneNumber;
import org.jspecify.annotations.Nullable;

/** One connection of a client, from the open socket to its end. */
final class Connection {
    private final ConnectionId id;
    private Phase phase = new Phase.Fresh();
    private Hearing hearing = Hearing.FULL;

    /** What a connection is. */
    sealed interface Phase {
        /** Has said nothing yet. */
        record Fresh() implements Phase {}

        /** Waits for a phone to scan. */
        record Pairing(Offer offer) implements Phase {}

        /** Acts for the account of this phone. */
        record LoggedIn(Phone phone, String client) implements Phase {}

        /** Was closed; its socket may still stand, and what it still says is only written down. */
        record Ended(@Nullable PhoneNumber wasLoggedInAs) implements Phase {}
    }

    /** What a fault has left of a connection. */
    enum Hearing {
        /** All is well. */
        FULL,
        /** It is heard, but told nothing. */
        ONE_WAY,
        /** It is neither heard nor told anything. */
        NONE
    }

    Connection(ConnectionId id) {
        this.id = id;
    }

    ConnectionId id() {
        return id;
    }

    Phase phase() {
        return phase;
    }

    void become(Phase next) {
        phase = next;
    }

    void hearing(Hearing now) {
        hearing = now;
    }

    boolean isDeaf() {
        return hearing != Hearing.FULL;
    }

    boolean isHeard() {
        return hearing != Hearing.NONE;
    }

    boolean isEnded() {
        return phase instanceof Phase.Ended;
    }

    /** Whose it is; null when not logged in. */
    @Nullable
    PhoneNumber phone() {
        return phase instanceof Phase.LoggedIn in ? in.phone().number() : null;
    }

    /** What its client calls itself; null when it has not said so, or has ended. */
    @Nullable
    String client() {
        return switch (phase) {
            case Phase.Pairing pairing -> pairing.offer().client();
            case Phase.LoggedIn in -> in.client();
            case Phase.Fresh _,Phase.Ended _ -> null;
        };
    }
}
