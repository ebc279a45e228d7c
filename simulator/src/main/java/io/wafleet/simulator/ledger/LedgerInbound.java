package io.wafleet.simulator.ledger;

import io.wafleet.contract.Chat;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message for an account.
 *
 * @param sequence from 1, without holes
 * @param phone the account's
 * @param from who said it
 * @param fromMe written on the account's own phone
 * @param deliveries how often it was put on a connection
 * @param receivedAt when the client said that it had stored it; null while it has not
 * @param receivedOn number of the connection that said so
 * @param media what is known of its bytes; null when it has none
 */
public record LedgerInbound(long sequence, Instant at, PhoneNumber phone, Chat chat, Chat from, MessageId id,
        boolean fromMe, String textHash, String text, int deliveries, @Nullable Instant receivedAt,
        @Nullable Long receivedOn, InboundContent content, @Nullable MediaInfo media) {

    /** Messages are private: a log shows only what they are called. */
    @Override
    public String toString() {
        return "LedgerInbound[" + sequence + ", " + phone + ", " + chat + ", " + id + "]";
    }
}
