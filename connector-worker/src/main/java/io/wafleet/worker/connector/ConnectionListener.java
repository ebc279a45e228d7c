package io.wafleet.worker.connector;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hears what happens on one connection. Called on the connector's threads, one call at a time; must return at once. */
public interface ConnectionListener {

    /** What a connection tells. */
    sealed interface Signal {}

    /** A QR can be scanned; it replaces the one before. */
    record QrShown(String text, Duration validFor) implements Signal {
        public QrShown {
            text = FreeText.cut(text, FreeText.LONGEST);
        }

        /** A QR links a device: logs show only that there is one. */
        @Override
        public String toString() {
            return "QrShown[valid for " + validFor + "]";
        }
    }

    /** A pairing code can be typed in. */
    record PairingCodeShown(String code) implements Signal {
        public PairingCodeShown {
            code = FreeText.cut(code, FreeText.LONGEST_NAME);
        }

        /** A pairing code links a device: logs show only that there is one. */
        @Override
        public String toString() {
            return "PairingCodeShown[]";
        }
    }

    /** Scanned, by this phone: these credentials replace all others. A close with 515 follows. */
    record Paired(PhoneNumber phone, Credentials credentials) implements Signal {}

    /** Logged in. */
    record Opened() implements Signal {}

    /** WhatsApp's server has the message. */
    record SendAcked(MessageId id) implements Signal {}

    /**
     * WhatsApp's server refuses the message.
     *
     * @param permanent whether it would refuse it always
     */
    record SendRefused(MessageId id, boolean permanent, String reason) implements Signal {
        public SendRefused {
            reason = FreeText.cut(reason, FreeText.LONGEST);
        }
    }

    /** What became of a sent message. */
    record ReceiptArrived(MessageId id, Chat chat, Event.ReceiptKind kind) implements Signal {}

    /** A message arrived. */
    record MessageArrived(Inbound message) implements Signal {}

    /**
     * The connection is over, or was never made; the last signal.
     *
     * @param code WhatsApp's close code; null when the network broke or never answered
     * @param reason for people, such as {@code keepalive_timeout} or {@code connection refused}
     */
    record Closed(@Nullable Integer code, String reason) implements Signal {
        public Closed {
            reason = FreeText.cut(reason, FreeText.LONGEST);
        }
    }

    void signal(Signal signal);
}
