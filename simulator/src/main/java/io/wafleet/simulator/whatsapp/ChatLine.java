package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import java.time.Instant;

/**
 * A message as a phone shows it.
 *
 * @param from who said it
 * @param mine whether this phone or its linked account said it
 * @param byAccount whether an account of the fleet said it, rather than a person
 * @param readable false when it came undecryptable
 */
public record ChatLine(MessageId id, Instant at, Chat from, boolean mine, boolean byAccount, String text,
        boolean readable) {
    /** Messages are private. */
    @Override
    public String toString() {
        return "ChatLine[" + id + "]";
    }
}
