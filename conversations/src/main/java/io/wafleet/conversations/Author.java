package io.wafleet.conversations;

import io.wafleet.contract.Chat;

/**
 * Who said or did something in a chat, as a key that stays the same when a LID becomes a phone: {@code me}, {@code them} (the other
 * person), or a group member's JID.
 */
final class Author {
    static final String ME = "me";
    static final String THEM = "them";

    private Author() {}

    static String of(Chat chat, Chat from, boolean fromMe) {
        if (fromMe) {
            return ME;
        }
        return ThreadId.isGroup(chat) ? from.jid() : THEM;
    }

    /**
     * Whether the two can be one. Members of a group whose LID is known here and whose phone there cannot be told apart; WhatsApp has
     * checked them.
     */
    static boolean canBeOne(String a, String b) {
        boolean areMembers = a.contains("@") && b.contains("@");
        return a.equals(b) || (areMembers && a.endsWith("@lid") != b.endsWith("@lid"));
    }
}
