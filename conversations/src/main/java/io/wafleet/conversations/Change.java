package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatusRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact that changes what people read. It may be applied again, and facts in any order: the end is the same. Texts and times are
 * brought into a form that each store can keep; logs show neither texts nor names.
 */
public sealed interface Change {
    AccountId account();

    /** When it came into the fleet: what is not after an erasure of the account stays erased. */
    Instant happenedAt();

    /**
     * What an account is. The greater epoch wins, then the later {@code updatedAt}. A QR and a pairing code link a device, so they are
     * not stored.
     */
    record AccountChanged(AccountStatusRecord status) implements Change {
        public AccountChanged {
            status = new AccountStatusRecord(status.account(), status.phone(), Texts.wellFormedOrNull(status.name()),
                    status.desired(), status.status(), Texts.wellFormedOrNull(status.reason()), status.code(),
                    status.requiresQr(), status.worker(), status.epoch(), Times.storable(status.since()),
                    Times.storable(status.updatedAt()), Times.storableOrNull(status.nextAttemptAt()),
                    Times.storable(status.createdAt()), status.lastCommand(), null, null);
        }

        @Override
        public AccountId account() {
            return status.account();
        }

        @Override
        public Instant happenedAt() {
            // Each new owner tells of a deleted account anew: what happened is that it was deleted.
            return status.status() == AccountStatus.DELETED ? Times.storable(status.since()) : status.updatedAt();
        }
    }

    /**
     * What an accepted message says. A reaction, edit or delete takes effect on its target as soon as {@link OutboundStatus} says that
     * it was sent.
     */
    record OutboundContent(AccountId account, Chat chat, MessageId message, Content content,
            Instant acceptedAt) implements Change {
        public OutboundContent {
            content = Texts.wellFormed(content);
            acceptedAt = Times.storable(acceptedAt);
        }

        @Override
        public Instant happenedAt() {
            return acceptedAt;
        }
    }

    /** How far an accepted message got. May come before its content: it is kept aside then. */
    record OutboundStatus(MessageStatusRecord status) implements Change {
        @Override
        public AccountId account() {
            return status.account();
        }

        @Override
        public Instant happenedAt() {
            return Times.storable(status.acceptedAt());
        }
    }

    /**
     * A message arrived, or the account's own phone sent one. A reaction, edit or delete changes its target, at once or as soon as that
     * comes.
     *
     * @param from who said it: the chat itself, or the member of a group
     * @param fromMe whether it was written on the account's own phone
     * @param senderName what the sender calls itself; null when unknown
     * @param subject what the group is called; null when unknown or no group
     * @param media what is known of the content's bytes; null when it has none
     * @param thumbnail base64 of a small JPEG; null when there is none
     * @param sentAt by WhatsApp's clock: the message's own time
     * @param receivedAt by the owner's clock
     */
    record Inbound(AccountId account, Chat chat, MessageId message, Chat from, boolean fromMe,
            @Nullable String senderName, @Nullable String subject, InboundContent content, @Nullable MediaInfo media,
            @Nullable String thumbnail, Instant sentAt, Instant receivedAt) implements Change {
        public Inbound {
            senderName = Texts.wellFormedOrNull(senderName);
            subject = Texts.wellFormedOrNull(subject);
            content = Texts.wellFormedInbound(content);
            thumbnail = Texts.wellFormedOrNull(thumbnail);
            sentAt = Times.storable(sentAt);
            receivedAt = Times.storable(receivedAt);
        }

        @Override
        public Instant happenedAt() {
            return receivedAt;
        }

        /** Without names. */
        @Override
        public String toString() {
            return "Inbound[" + account + ", " + chat + ", " + message + ", " + content + "]";
        }
    }

    /**
     * Whose phone a LID is. The LID's thread joins the phone's, and whatever comes for the LID later lands there too. Told again by the
     * projector for each message that names both: only the first time does anything.
     */
    record LidKnown(AccountId account, Chat lid, Chat phone, Instant at) implements Change {
        public LidKnown {
            if (!ThreadId.isLid(lid) || !ThreadId.isPhone(phone)) {
                throw new IllegalArgumentException("a LID and a phone are needed");
            }
            at = Times.storable(at);
        }

        @Override
        public Instant happenedAt() {
            return at;
        }
    }

    /**
     * A person has read the chat.
     *
     * @param upTo time of the newest message that was read
     */
    record ReadMark(AccountId account, Chat chat, Instant upTo, Instant at) implements Change {
        public ReadMark {
            upTo = Times.storable(upTo);
            at = Times.storable(at);
        }

        @Override
        public Instant happenedAt() {
            return at;
        }
    }
}
