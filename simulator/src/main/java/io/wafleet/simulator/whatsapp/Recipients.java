package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.PhoneNumber;
import java.util.Optional;

/** Reads chats as recipients. */
final class Recipients {
    private static final String PERSON = "@s.whatsapp.net";

    private Recipients() {}

    /** Whether somebody can be behind it: not so when its digits are no phone number. */
    static boolean isPossible(Chat chat) {
        return !chat.jid().endsWith(PERSON) || person(chat).isPresent();
    }

    /** The phone behind a chat; empty for groups, and digits that are no phone number, or nobody's LID. */
    static Optional<PhoneNumber> person(Chat chat) {
        if (!chat.jid().endsWith(PERSON)) {
            return Lids.phone(chat);
        }
        try {
            return Optional.of(new PhoneNumber("+" + chat.jid().substring(0, chat.jid().length() - PERSON.length())));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
