package io.wafleet.conversations.moving;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import io.wafleet.conversations.ThreadId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages: from threads with and without an account before their id, and from the outbox. Where a document says nothing of its
 * account, its thread does, or the one account that all the others of the thread name.
 */
final class BubblesFound {
    private static final int ID_HEX = 24;

    private final Jids jids;
    private final Findings findings;
    private final Map<String, OriginalDocument> threads = new HashMap<>();
    private final Map<String, Set<AccountId>> accountsOfThread = new HashMap<>();
    private final List<Bubble> bubbles = new ArrayList<>();
    private final List<Bubble> receiptsOnly = new ArrayList<>();

    BubblesFound(Jids jids, Findings findings) {
        this.jids = jids;
        this.findings = findings;
    }

    void thread(OriginalDocument thread) {
        threads.put(thread.id(), thread);
    }

    /** Before the messages are read, so that they can say whose the thread is. */
    void nameAccount(OriginalDocument message) {
        AccountsFound.id(message.text("accountId")).ifPresent(
                id -> accountsOfThread.computeIfAbsent(message.threadId(), _ -> new TreeSet<>()).add(id));
    }

    /** What a thread's id names; empty when that is no account or no chat. */
    Optional<ThreadId> threadId(OriginalDocument thread) {
        Optional<AccountId> account = account(thread.id(), null);
        Optional<Chat> chat = chat(thread.id(), null);
        return account.isPresent() && chat.isPresent()
                ? Optional.of(new ThreadId(account.get(), chat.get()))
                : Optional.empty();
    }

    private Optional<AccountId> account(String threadId, @Nullable OriginalDocument message) {
        int separator = threadId.lastIndexOf("__");
        if (separator >= 0) {
            Optional<AccountId> named = AccountsFound.id(threadId.substring(0, separator));
            if (named.isPresent()) {
                return named;
            }
        }
        OriginalDocument thread = threads.get(threadId);
        Set<AccountId> others = accountsOfThread.getOrDefault(threadId, Set.of());
        return AccountsFound.id(message == null ? null : message.text("accountId"))
                .or(() -> AccountsFound.id(thread == null ? null : thread.text("accountId")))
                .or(() -> others.size() == 1 ? Optional.of(others.iterator().next()) : Optional.empty());
    }

    private Optional<Chat> chat(String threadId, @Nullable OriginalDocument message) {
        int separator = threadId.lastIndexOf("__");
        OriginalDocument thread = threads.get(threadId);
        return jids.read(separator < 0 ? threadId : threadId.substring(separator + 2))
                .or(() -> jids.read(message == null ? null : message.text("clientJid", "key.remoteJid")))
                .or(() -> jids.read(thread == null ? null : thread.text("clientJid")));
    }

    void message(OriginalDocument message) {
        Optional<AccountId> account = account(message.threadId(), message);
        Optional<Chat> chat = chat(message.threadId(), message);
        if (account.isEmpty() || chat.isEmpty()) {
            findings.skipped(account.isEmpty()
                    ? "nothing tells whose account the message is"
                    : "the message is in no chat with a person or group", message.path());
            return;
        }
        ThreadId thread = new ThreadId(account.get(), chat.get());
        if (!message.threadId().contains("__")) {
            findings.corrected("the thread's id lacked its account", message.path());
        } else if (!message.threadId().equals(thread.text())) {
            findings.corrected("the thread's id was mended", message.path());
        }
        boolean outbound = "outbound".equals(message.text("direction")) || message.isTrue("key.fromMe");
        String known = message.text("waMessageId", "key.id");
        boolean placeholder = outbound && known == null && looksMade(message);
        Bubble bubble = new Bubble(message, thread, id(known == null ? message.id() : known, message), placeholder,
                outbound, text(message), at(message));
        boolean saysNothing = !message.has("direction") && !message.has("body") && !message.has("messageType");
        (saysNothing ? receiptsOnly : bubbles).add(bubble);
    }

    private static boolean looksMade(OriginalDocument message) {
        String status = message.text("status");
        return message.id().matches("(client|msg|queue|req|request)_.*") || "queued".equals(status)
                || "processing".equals(status) || "failed".equals(status);
    }

    void outbox(OriginalDocument order) {
        String threadId = order.text("threadId");
        Optional<AccountId> account = AccountsFound.id(order.text("accountId"))
                .or(() -> threadId == null ? Optional.empty() : account(threadId, null));
        Optional<Chat> chat = jids.read(order.text("toJid", "to"))
                .or(() -> threadId == null ? Optional.empty() : chat(threadId, null));
        if (account.isEmpty() || chat.isEmpty() || text(order).isEmpty()) {
            findings.skipped(account.isEmpty() || chat.isEmpty()
                    ? "the outbox entry names no account or chat"
                    : "the outbox entry says nothing", order.path());
            return;
        }
        String sent = order.text("providerMessageId", "waMessageId");
        bubbles.add(new Bubble(order, new ThreadId(account.get(), chat.get()),
                id(sent == null ? order.id() : sent, order), sent == null, true, text(order), at(order)));
    }

    /** One that no message may have gets another, always the same. */
    private MessageId id(String written, OriginalDocument document) {
        try {
            return new MessageId(written);
        } catch (IllegalArgumentException _) {
            findings.corrected("the message's id was none: it got one of its own", document.path());
            return new MessageId("moved_" + hash(document.path()).substring(0, ID_HEX));
        }
    }

    private static String hash(String path) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    static String text(OriginalDocument message) {
        String text = message.text("body", "media.caption", "payload.text", "payload.caption");
        return text == null ? "" : text;
    }

    private Instant at(OriginalDocument message) {
        Instant at = message.time("tsClient", "key.timestamp", "messageTimestamp", "createdAt", "tsServer", "sentAt",
                "updatedAt");
        if (at != null) {
            return at;
        }
        findings.corrected("the message has no time: it is shown as the oldest", message.path());
        return Instant.EPOCH;
    }

    /** Messages that say something. */
    List<Bubble> bubbles() {
        return bubbles;
    }

    /** Documents that only say how far a message got. */
    List<Bubble> receiptsOnly() {
        return receiptsOnly;
    }

    @Nullable
    OriginalDocument thread(Bubble bubble) {
        return bubble.fromOutbox() ? null : threads.get(bubble.document().threadId());
    }

    Map<String, OriginalDocument> threads() {
        return threads;
    }
}
