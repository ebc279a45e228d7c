package io.wafleet.contract.simulator;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;

/**
 * What a client says to the simulated WhatsApp. The first frame on a connection is {@link Pair} or {@link Login}.
 *
 * <p>Counters stand for the Signal ratchet: each send and each receipt of a message uses the next one of the pairing, and a
 * client must have stored it before it uses it. A message sent under a counter already used reaches its recipient undecryptable.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = ClientFrame.Pair.class, name = "pair"),
    @JsonSubTypes.Type(value = ClientFrame.Login.class, name = "login"),
    @JsonSubTypes.Type(value = ClientFrame.RequestPairingCode.class, name = "request-pairing-code"),
    @JsonSubTypes.Type(value = ClientFrame.Send.class, name = "send"),
    @JsonSubTypes.Type(value = ClientFrame.Received.class, name = "received"),
    @JsonSubTypes.Type(value = ClientFrame.Ping.class, name = "ping"),
    @JsonSubTypes.Type(value = ClientFrame.Logout.class, name = "logout")})
public sealed interface ClientFrame {

    /**
     * Has no credentials, wants to be paired: QR codes follow.
     *
     * @param client what the client calls itself, for the ledger; the account id
     */
    record Pair(String client) implements ClientFrame {}

    /**
     * Has credentials. Answered by {@link ServerFrame.Open}, or closed with 401 when they are not the newest pairing's.
     *
     * @param generation of the pairing
     * @param token the pairing's secret
     */
    record Login(String client, PhoneNumber phone, long generation, String token) implements ClientFrame {
        @Override
        public String toString() {
            return "Login[" + client + ", " + phone + ", generation " + generation + "]";
        }
    }

    /** While pairing: a code for this phone instead of a QR. */
    record RequestPairingCode(PhoneNumber phone) implements ClientFrame {}

    /**
     * Sends a message; answered by {@link ServerFrame.Ack} or {@link ServerFrame.Nack}.
     *
     * @param counter the ratchet counter it is encrypted with
     * @param content media lie at the address that their upload (HTTP {@code POST /media}) was answered with
     */
    record Send(MessageId id, Chat chat, long counter, Content content) implements ClientFrame {}

    /** Has stored an inbound message under this counter: it need not be delivered again. */
    record Received(MessageId id, long counter) implements ClientFrame {}

    /** Answered by {@link ServerFrame.Pong}. */
    record Ping(long sequence) implements ClientFrame {}

    /** Gives the pairing up: its credentials are refused from now on. Answered by a close with 401. */
    record Logout() implements ClientFrame {}
}
