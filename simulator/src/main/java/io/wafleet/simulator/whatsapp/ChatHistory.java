package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.PhoneNumber;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What each phone's screen shows of its chats: bounded, in memory only, for people. */
final class ChatHistory {
    private static final int MAX_LINES_PER_CHAT = 200;

    private final int maxLines;
    private final Map<PhoneNumber, LinkedHashMap<Chat, ChatLog>> phones = new HashMap<>();
    private final ArrayDeque<ChatLog> order = new ArrayDeque<>();

    /** One chat on one phone. */
    static final class ChatLog {
        private final ArrayDeque<ChatLine> lines = new ArrayDeque<>();
        private final List<ChatLine> unread = new ArrayList<>();

        List<ChatLine> lines() {
            return List.copyOf(lines);
        }

        @Nullable
        ChatLine last() {
            return lines.peekLast();
        }

        int unread() {
            return unread.size();
        }

        /** The lines that were not read before this. */
        List<ChatLine> open() {
            List<ChatLine> opened = List.copyOf(unread);
            unread.clear();
            return opened;
        }

        private void forgetOldest() {
            ChatLine oldest = lines.pollFirst();
            if (oldest != null && !unread.isEmpty() && unread.getFirst().equals(oldest)) {
                unread.removeFirst();
            }
        }
    }

    ChatHistory(int maxLines) {
        this.maxLines = maxLines;
    }

    void add(PhoneNumber phone, Chat chat, ChatLine line) {
        ChatLog log = phones.computeIfAbsent(phone, _ -> new LinkedHashMap<>()).computeIfAbsent(chat,
                _ -> new ChatLog());
        log.lines.addLast(line);
        if (!line.mine()) {
            log.unread.add(line);
        }
        if (log.lines.size() > MAX_LINES_PER_CHAT) {
            log.forgetOldest();
        } else {
            order.addLast(log);
        }
        if (order.size() > maxLines) {
            order.removeFirst().forgetOldest();
        }
    }

    /** Puts a changed line in the place of each that is meant. */
    void change(PhoneNumber phone, Chat chat, Predicate<ChatLine> meant, UnaryOperator<ChatLine> change) {
        ChatLog log = chats(phone).get(chat);
        if (log != null) {
            UnaryOperator<ChatLine> changed = line -> meant.test(line) ? change.apply(line) : line;
            List<ChatLine> lines = log.lines.stream().map(changed).toList();
            log.lines.clear();
            log.lines.addAll(lines);
            log.unread.replaceAll(changed);
        }
    }

    /** The chats of a phone. */
    Map<Chat, ChatLog> chats(PhoneNumber phone) {
        return phones.getOrDefault(phone, new LinkedHashMap<>());
    }

    /** The phones that have a chat. */
    Iterable<PhoneNumber> phones() {
        return phones.keySet();
    }
}
