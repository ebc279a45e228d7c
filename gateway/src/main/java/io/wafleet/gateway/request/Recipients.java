package io.wafleet.gateway.request;

import io.wafleet.contract.Chat;
import io.wafleet.contract.PhoneNumber;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads whom a message is for, once and for all: from here on a chat has one name, so that its order and its thread hold.
 * Thread-safe.
 */
public final class Recipients {
    private static final String PERSON = "@s.whatsapp.net";
    private static final String PERSON_AS_CLIENTS_WRITE_IT = "@c.us";

    private static final String GROUP = "@g.us";
    private static final Pattern DEVICE = Pattern.compile("(?<=^[0-9]{3,32})(_[0-9]{1,3})?(:[0-9]{1,5})?$");

    private final Function<String, Optional<PhoneNumber>> phones;

    /**
     * @param phones reads a phone number in whatever notation
     */
    public Recipients(Function<String, Optional<PhoneNumber>> phones) {
        this.phones = phones;
    }

    /**
     * A phone in any notation, or the JID of a person, group or LID.
     *
     * @return empty when it is neither
     */
    public Optional<Chat> parse(String written) {
        String text = written.strip();
        return text.indexOf('@') < 0 ? phones.apply(text).map(Chat::of) : jid(text.toLowerCase(Locale.ROOT));
    }

    private Optional<Chat> jid(String jid) {
        int at = jid.indexOf('@');
        String user = jid.substring(0, at);
        String server = jid.substring(at).equals(PERSON_AS_CLIENTS_WRITE_IT) ? PERSON : jid.substring(at);
        // 40712345678_1:12@s.whatsapp.net is one device of a person; messages go to the person.
        user = server.equals(GROUP) ? user : DEVICE.matcher(user).replaceFirst("");
        if (server.equals(PERSON)) {
            return person(user);
        }
        return chat(user + server);
    }

    /** A number with its country code in front; also one that its country has given up, which WhatsApp keeps for its owner. */
    private Optional<Chat> person(String digits) {
        Optional<Chat> known = digits.matches("[1-9][0-9]{3,14}")
                ? phones.apply("+" + digits).map(Chat::of)
                : Optional.empty();
        return known.or(() -> digits.matches("[1-9][0-9]{6,14}") ? chat(digits + PERSON) : Optional.empty());
    }

    private static Optional<Chat> chat(String jid) {
        try {
            return Optional.of(new Chat(jid));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
