package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.PhoneNumber;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names a thread: what an account and a chat say to each other. The one place where thread ids are made and read.
 *
 * <p>The id of a person known only by a LID is one of its own until {@link Change.LidKnown} tells the phone; from then on the
 * phone's thread is meant.
 */
public record ThreadId(AccountId account, Chat chat) implements Comparable<ThreadId> {
    private static final String SEPARATOR = "__";
    private static final String PERSON = "@s.whatsapp.net";
    private static final Pattern POSSIBLE_PHONE = Pattern.compile("[1-9][0-9]{3,14}");

    /** Whether the chat is a person's LID, which hides the phone. */
    public static boolean isLid(Chat chat) {
        return chat.jid().endsWith("@lid");
    }

    public static boolean isGroup(Chat chat) {
        return chat.jid().endsWith("@g.us");
    }

    /** Whether the chat is a person's phone. */
    public static boolean isPhone(Chat chat) {
        return chat.jid().endsWith(PERSON);
    }

    /** The chat's phone; null when it is a group or a LID. */
    public static @Nullable PhoneNumber phone(Chat chat) {
        if (!isPhone(chat)) {
            return null;
        }
        String digits = chat.jid().substring(0, chat.jid().length() - PERSON.length());
        return POSSIBLE_PHONE.matcher(digits).matches() ? new PhoneNumber("+" + digits) : null;
    }

    /**
     * Reads {@code <accountId>__<jid>}. An account id may hold the separator too; a JID cannot.
     *
     * @throws IllegalArgumentException when it is no thread id; the message does not repeat it
     */
    public static ThreadId parse(String text) {
        int at = text.lastIndexOf(SEPARATOR);
        if (at < 0) {
            throw new IllegalArgumentException("thread id must be <account id>__<jid>");
        }
        return new ThreadId(new AccountId(text.substring(0, at)), new Chat(text.substring(at + SEPARATOR.length())));
    }

    /** {@code <accountId>__<jid>}, the id of the thread's document. */
    public String text() {
        return account.value() + SEPARATOR + chat.jid();
    }

    @Override
    public int compareTo(ThreadId other) {
        return text().compareTo(other.text());
    }

    /** Masked, since a JID holds a phone number. */
    @Override
    public String toString() {
        return account + SEPARATOR + chat;
    }
}
