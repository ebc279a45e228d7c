package io.wafleet.simulator.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.wafleet.contract.PhoneNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client.
 *
 * @param number from 1, in the order they came
 * @param client what it calls itself; null until it said so
 * @param phone null unless it tried to log in, or was paired
 * @param loggedInAt null unless it was let in
 * @param endedAt when it stopped being live; null while it is
 * @param code with which it was closed; null when it just ended
 * @param goneAt when the socket itself was gone; null while it stands
 */
public record LedgerConnection(long number, @Nullable String client, @Nullable PhoneNumber phone, Instant openedAt,
        @Nullable Instant loggedInAt, @Nullable Instant endedAt, @Nullable Integer code, @Nullable EndedBy endedBy,
        @Nullable Instant goneAt) {

    /** Who ended a connection. */
    public enum EndedBy {
        /** The simulated WhatsApp closed or dropped it. */
        @JsonProperty("simulator")
        SIMULATOR,
        /** The client closed the WebSocket in order. */
        @JsonProperty("client")
        CLIENT,
        /** The socket ended without a word. */
        @JsonProperty("network")
        NETWORK
    }
}
