package io.wafleet.contract.simulator;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Event;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated WhatsApp says to a client. A connection ends with {@link Close}, followed by a WebSocket close with status
 * 4000 plus the code; without it, the network broke.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = ServerFrame.Qr.class, name = "qr"),
    @JsonSubTypes.Type(value = ServerFrame.PairingCode.class, name = "pairing-code"),
    @JsonSubTypes.Type(value = ServerFrame.Paired.class, name = "paired"),
    @JsonSubTypes.Type(value = ServerFrame.Open.class, name = "open"),
    @JsonSubTypes.Type(value = ServerFrame.Ack.class, name = "ack"),
    @JsonSubTypes.Type(value = ServerFrame.Nack.class, name = "nack"),
    @JsonSubTypes.Type(value = ServerFrame.Receipt.class, name = "receipt"),
    @JsonSubTypes.Type(value = ServerFrame.Message.class, name = "message"),
    @JsonSubTypes.Type(value = ServerFrame.Pong.class, name = "pong"),
    @JsonSubTypes.Type(value = ServerFrame.Close.class, name = "close")})
public sealed interface ServerFrame {
    /** Added to WhatsApp's code to make a WebSocket close status. */
    int WEBSOCKET_STATUS_BASE = 4000;

    /**
     * Scan this; it replaces the one before.
     *
     * @param validForMs how long it can be scanned
     */
    record Qr(String text, long validForMs) implements ServerFrame {
        @Override
        public String toString() {
            return "Qr[valid for " + validForMs + " ms]";
        }
    }

    /** Type this into the phone. */
    record PairingCode(String code) implements ServerFrame {
        @Override
        public String toString() {
            return "PairingCode[]";
        }
    }

    /**
     * Scanned: credentials, to be stored before the reconnect that the close with 515 asks for.
     *
     * @param generation grows with each pairing of the phone
     * @param credentialBytes how much key material a real pairing would bring; the client stores as much
     */
    record Paired(PhoneNumber phone, long generation, String token, int credentialBytes) implements ServerFrame {
        @Override
        public String toString() {
            return "Paired[" + phone + ", generation " + generation + "]";
        }
    }

    /** Logged in; offline messages follow. */
    record Open(PhoneNumber phone) implements ServerFrame {}

    /** The server has the message. */
    record Ack(MessageId id, Instant at) implements ServerFrame {}

    /**
     * The server refuses the message.
     *
     * @param code 404: not on WhatsApp; 400: malformed; 429: too fast; 503: try again
     */
    record Nack(MessageId id, int code, String reason) implements ServerFrame {
        /** Whether the same message can never be accepted. */
        @JsonIgnore
        public boolean isPermanent() {
            return code == 400 || code == 404;
        }
    }

    /** What became of a sent message. */
    record Receipt(MessageId id, Chat chat, Event.ReceiptKind kind, Instant at) implements ServerFrame {}

    /**
     * A message for the account, or one that its own phone sent; delivered again after each login until
     * {@link ClientFrame.Received}.
     *
     * @param from who said it: the chat itself, or the member of a group
     * @param media what is known of the content's bytes, which lie at its address; null when it has none
     * @param alternative the chat's other name: the phone of a LID, or the LID of a phone; null when it is not told
     * @param fromAlternative the same for the member of a group
     * @param subject of the group; null when there is none
     * @param thumbnail Base64 of a small JPEG; as the sender made it, so it may be anything
     * @param offline whether it waited while the account was away; null: no
     */
    record Message(MessageId id, Chat chat, Chat from, boolean fromMe, @Nullable String senderName,
            InboundContent content, @Nullable MediaInfo media, Instant at, @Nullable Chat alternative,
            @Nullable Chat fromAlternative, @Nullable String subject, @Nullable String thumbnail,
            @Nullable Boolean offline) implements ServerFrame {
        public Message(MessageId id, Chat chat, Chat from, boolean fromMe, @Nullable String senderName,
                InboundContent content, @Nullable MediaInfo media, Instant at) {
            this(id, chat, from, fromMe, senderName, content, media, at, null, null, null, null, null);
        }

        /** The same, as it comes to an account that was away. */
        public Message waited() {
            return new Message(id, chat, from, fromMe, senderName, content, media, at, alternative, fromAlternative,
                    subject, thumbnail, true);
        }

        /** Names, subjects and thumbnails are private. */
        @Override
        public String toString() {
            return "Message[" + id + ", " + chat + ", " + content + "]";
        }
    }

    /** Answer to a ping. */
    record Pong(long sequence) implements ServerFrame {}

    /**
     * The connection ends.
     *
     * @param code WhatsApp's: 401 logged out, 403 forbidden, 408 timed out, 411 mismatch, 428 closed, 440 replaced, 500 bad
     *     session, 503 unavailable, 515 restart required, or any other
     */
    record Close(int code, String reason) implements ServerFrame {}
}
