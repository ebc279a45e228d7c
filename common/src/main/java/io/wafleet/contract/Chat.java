package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A conversation, as WhatsApp names it (JID): a person, a group, or a person known only by a LID. Messages to one chat keep
 * their order.
 *
 * @param jid lower-case {@code <digits>@s.whatsapp.net}, {@code <digits>[-<digits>]@g.us} or {@code <digits>@lid}; without
 *     device part
 */
public record Chat(@JsonValue String jid) implements Comparable<Chat> {
    private static final Pattern FORM = Pattern
            .compile("[0-9]{3,20}@s\\.whatsapp\\.net|[0-9]{3,32}(-[0-9]{3,20})?@g\\.us|[0-9]{3,32}@lid");

    @JsonCreator
    public Chat {
        if (!FORM.matcher(jid).matches()) {
            throw new IllegalArgumentException("chat must be a person, group or LID JID");
        }
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
