package io.wafleet.simulator.ledger;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that a client sent, as it was received; a repeat is an entry of its own. {@code sequence} grows in the order of
 * receipt, so the entries of one phone and chat stand in the order in which its recipient got them.
 *
 * @param sequence from 1, without holes
 * @param phone the sender's
 * @param client what the sender's client calls itself: the account id
 * @param connection number of the connection it came on
 * @param counter ratchet counter it was sent under
 * @param textHash first 16 hex of the SHA-256 of its content
 * @param duplicateById the recipient had a message with this id: it was acknowledged again and not shown again
 * @param duplicateContent the same was said in this chat under another id
 * @param undecryptable its counter had been used before: the recipient could not read it
 * @param nackCode with which it was refused; null when it was accepted
 * @param ackLost it was accepted, but a fault swallowed the ack
 * @param text for people; for a text message, its text
 * @param media what is known of the bytes that were uploaded; null when it has none
 */
public record LedgerMessage(long sequence, Instant at, PhoneNumber phone, String client, long connection, Chat chat,
        MessageId id, long counter, String textHash, String text, boolean duplicateById, boolean duplicateContent,
        boolean undecryptable, @Nullable Integer nackCode, boolean ackLost, Content content,
        @Nullable MediaInfo media) {

    /** Whether its recipient saw it now, for the first time. */
    public boolean isShown() {
        return !duplicateById && !undecryptable && nackCode == null;
    }

    /** Messages are private: a log shows only what they are called. */
    @Override
    public String toString() {
        return "LedgerMessage[" + sequence + ", " + phone + ", " + chat + ", " + id + "]";
    }
}
