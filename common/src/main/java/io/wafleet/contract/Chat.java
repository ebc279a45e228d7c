package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A conversation, as WhatsApp names it (JID): a person, a group, or a person known only by a LID. Messages to one chat keep
 * their order.
 *
 * @param jid lower-case {@code <digits>@s.whatsapp.net}, {@code <digits>[-<digits>]@g.us} or {@code <digits>@lid}; without
 *     device part
 */
public record Chat(@JsonValue String jid) implements Comparable<Chat> {
    private static final int MIN_DIGITS = 3;
    private static final int MAX_PERSON = 20;
    private static final int MAX_OTHER = 32;

    @JsonCreator
    public Chat {
        if (!isChat(jid)) {
            throw new IllegalArgumentException("chat must be a person, group or LID JID");
        }
    }

    private static boolean isChat(String jid) {
        int at = jid.indexOf('@');
        return at > 0 && switch (jid.substring(at)) {
            case "@s.whatsapp.net" -> Letters.areDigits(jid, 0, at, MIN_DIGITS, MAX_PERSON);
            case "@lid" -> Letters.areDigits(jid, 0, at, MIN_DIGITS, MAX_OTHER);
            case "@g.us" -> isGroup(jid, at);
            default -> false;
        };
    }

    /** A number, in older groups that of who made it, then when. */
    private static boolean isGroup(String jid, int at) {
        int dash = jid.indexOf('-');
        return dash < 0
                ? Letters.areDigits(jid, 0, at, MIN_DIGITS, MAX_OTHER)
                : Letters.areDigits(jid, 0, dash, MIN_DIGITS, MAX_OTHER)
                        && Letters.areDigits(jid, dash + 1, at, MIN_DIGITS, MAX_PERSON);
    }

    /** The chat with the owner of this phone. */
    public static Chat of(PhoneNumber phone) {
        return new Chat(phone.digits() + "@s.whatsapp.net");
    }

    @Override
    public int compareTo(Chat other) {
        return jid.compareTo(other.jid);
    }

    /** Masked, since a JID holds a phone number. */
    @Override
    public String toString() {
        int at = jid.indexOf('@');
        return PhoneNumber.mask(jid.substring(0, at)) + jid.substring(at);
    }
}
