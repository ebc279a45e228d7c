package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A fact, told by the owner of a partition in the transaction that made it one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = Event.PartitionClaimed.class, name = "partition-claimed"),
    @JsonSubTypes.Type(value = Event.PartitionReleased.class, name = "partition-released"),
    @JsonSubTypes.Type(value = Event.AccountStatusChanged.class, name = "account-status-changed"),
    @JsonSubTypes.Type(value = Event.AccountUnreadable.class, name = "account-unreadable"),
    @JsonSubTypes.Type(value = Event.QrIssued.class, name = "qr-issued"),
    @JsonSubTypes.Type(value = Event.PairingCodeIssued.class, name = "pairing-code-issued"),
    @JsonSubTypes.Type(value = Event.DispatchOutcome.class, name = "dispatch-outcome"),
    @JsonSubTypes.Type(value = Event.ReceiptReceived.class, name = "receipt-received"),
    @JsonSubTypes.Type(value = Event.InboundMessage.class, name = "inbound-message")})
public sealed interface Event extends Versioned {
    /** The claim under which it was written. */
    Epoch epoch();

    /** When it happened, by the owner's clock. */
    Instant at();

    /** About a partition; keyed {@code partition}, in the partition it is about. */
    sealed interface PartitionEvent extends Event {
        int partition();

        WorkerId worker();
    }

    /** About one account, and keyed by it. */
    sealed interface AccountEvent extends Event {
        AccountId account();
    }

    /** A worker owns the partition from here on: none of its accounts is connected until said anew. */
    record PartitionClaimed(int partition, Epoch epoch, WorkerId worker, TransactionalId transactionalId, Instant at)
            implements
                PartitionEvent {}

    /** A worker gave the partition up in order: its connections are closed. */
    record PartitionReleased(int partition, Epoch epoch, WorkerId worker, Instant at) implements PartitionEvent {}

    /**
     * What an account is, whole: a reader needs no earlier event.
     *
     * @param worker the owner that says so
     * @param at since when the account has this status
     * @param reason why, for people; null when the status says it all
     * @param code WhatsApp's close code behind it; null when there was none
     * @param requiresQr whether only a person with a phone can bring it back
     * @param nextAttemptAt when the next connection attempt is planned; null when none is
     * @param lastCommand the last account command applied; null before the first
     */
    record AccountStatusChanged(AccountId account, Epoch epoch, WorkerId worker, Instant at, PhoneNumber phone,
            @Nullable String name, DesiredState desired, AccountStatus status, @Nullable String reason,
            @Nullable Integer code, boolean requiresQr, @Nullable Instant nextAttemptAt, Instant createdAt,
            @Nullable CommandId lastCommand) implements AccountEvent {}

    /**
     * The journal's record of the account cannot be read: it lies in the dead letters, and the account waits for a person who adds it
     * again.
     *
     * @param worker the owner that says so
     */
    record AccountUnreadable(AccountId account, Epoch epoch, WorkerId worker, Instant at) implements AccountEvent {}

    /**
     * A QR can be scanned; it replaces the one before.
     *
     * @param qr the text to draw
     * @param expiresAt when WhatsApp stops accepting it; the next one comes before
     * @param windowEndsAt when the pairing is given up unless somebody scans
     */
    record QrIssued(AccountId account, Epoch epoch, Instant at, String qr, Instant expiresAt, Instant windowEndsAt)
            implements
                AccountEvent {
        /** A QR links a device: logs show only that there is one. */
        @Override
        public String toString() {
            return "QrIssued[" + account + ", " + epoch + ", at " + at + "]";
        }
    }

    /** A pairing code can be typed in; it replaces the one before. */
    record PairingCodeIssued(AccountId account, Epoch epoch, Instant at, String code, Instant windowEndsAt)
            implements
                AccountEvent {
        /** A pairing code links a device: logs show only that there is one. */
        @Override
        public String toString() {
            return "PairingCodeIssued[" + account + ", " + epoch + ", at " + at + "]";
        }
    }

    /** How an attempt to send ended. */
    enum Outcome {
        /** WhatsApp's server has it. */
        @JsonProperty("sent")
        SENT,
        /** Nothing was written: not connected, or the lease was over. Counts as no attempt. */
        @JsonProperty("not_attempted")
        NOT_ATTEMPTED,
        /** Refused for now. */
        @JsonProperty("retryable")
        RETRYABLE,
        /** Refused for good. */
        @JsonProperty("permanent")
        PERMANENT,
        /** Written, but no answer came. */
        @JsonProperty("unknown")
        UNKNOWN
    }

    /**
     * How a dispatch ended.
     *
     * @param attempt of the dispatch
     * @param reason null when sent
     */
    record DispatchOutcome(AccountId account, Epoch epoch, Instant at, MessageId message, Chat chat, int attempt,
            Outcome outcome, @Nullable String reason) implements AccountEvent {}

    /** How far a sent message got. */
    enum ReceiptKind {
        @JsonProperty("delivered")
        DELIVERED, @JsonProperty("read")
        READ, @JsonProperty("played")
        PLAYED
    }

    /** A recipient's device told what became of a message. */
    record ReceiptReceived(AccountId account, Epoch epoch, Instant at, MessageId message, Chat chat, ReceiptKind kind)
            implements
                AccountEvent {}

    /**
     * A message arrived, or the account's own phone sent one. Stored once by its id, however often it is told.
     *
     * @param from who said it: the chat itself, or the member of a group
     * @param fromMe whether it was written on the account's own phone
     * @param senderName what the sender calls itself; null when unknown
     * @param media what is known of the content's bytes; null when it has none
     * @param sentAt by WhatsApp's clock
     * @param at when the owner received it
     * @param alternative the chat's other name, when WhatsApp tells it: the phone of a LID, or the LID of a phone; null: not told
     * @param fromAlternative the same for {@code from}, where that is the member of a group
     * @param subject what the group is called; null when unknown, or no group
     * @param thumbnail null when there is none
     * @param replayed whether it waited at WhatsApp while the account was away; null in records of older releases, which did not tell
     * @param mediaKey where the fleet keeps the bytes, as soon as it has fetched them; null when there are none, or they stay at WhatsApp
     */
    record InboundMessage(AccountId account, Epoch epoch, Instant at, MessageId message, Chat chat, Chat from,
            boolean fromMe, @Nullable String senderName, InboundContent content, @Nullable MediaInfo media,
            Instant sentAt, @Nullable Chat alternative, @Nullable Chat fromAlternative, @Nullable String subject,
            @Nullable Thumbnail thumbnail, @Nullable Boolean replayed, @Nullable MediaKey mediaKey)
            implements
                AccountEvent {
        /** Without all that older releases did not tell. */
        public InboundMessage(AccountId account, Epoch epoch, Instant at, MessageId message, Chat chat, Chat from,
                boolean fromMe, @Nullable String senderName, InboundContent content, @Nullable MediaInfo media,
                Instant sentAt) {
            this(account, epoch, at, message, chat, from, fromMe, senderName, content, media, sentAt, null, null, null,
                    null, null, null);
        }

        /** Names and subjects are private. */
        @Override
        public String toString() {
            return "InboundMessage[" + account + ", " + epoch + ", at " + at + ", " + message + ", " + chat + ", "
                    + content + "]";
        }
    }
}
