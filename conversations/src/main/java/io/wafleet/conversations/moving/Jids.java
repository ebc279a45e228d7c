package io.wafleet.conversations.moving;

import io.wafleet.contract.Chat;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.identity.PhoneNumbers;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads chats as the original wrote them: with device, with {@code c.us}, with a plus, in the national notation, or as digits alone.
 */
final class Jids {
    private static final String PERSON = "@s.whatsapp.net";

    private final PhoneNumbers phones;

    Jids(PhoneNumbers phones) {
        this.phones = phones;
    }

    /** Empty when it names no person and no group. */
    Optional<Chat> read(@Nullable String written) {
        if (written == null) {
            return Optional.empty();
        }
        String jid = written.strip().toLowerCase(Locale.ROOT).replace("@c.us", PERSON);
        if (jid.matches("\\+?[0-9][0-9 ()-]{3,}")) {
            jid = jid.replaceAll("[^0-9]", "") + PERSON;
        }
        int at = jid.indexOf('@');
        if (at < 0) {
            return Optional.empty();
        }
        String user = jid.substring(0, at).replaceFirst("[:_].*$", "").replace("+", "");
        String server = jid.substring(at);
        if (server.equals(PERSON) && user.startsWith("0")) {
            return phones.parse(user).map(Chat::of);
        }
        return chat(user + server);
    }

    /** The phone of an account or a chat, in whatever notation; empty when it is none. */
    Optional<PhoneNumber> phone(@Nullable String written) {
        if (written == null) {
            return Optional.empty();
        }
        String user = written.replaceFirst("[:@].*$", "").strip();
        // bare digits that a socket told have their country code, but no plus
        boolean isWhole = user.matches("[1-9][0-9]{9,14}");
        return phones.parse(isWhole ? "+" + user : user);
    }

    private static Optional<Chat> chat(String jid) {
        try {
            return Optional.of(new Chat(jid));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
