package io.wafleet.conversations.moving;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.Thumbnail;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.ThreadId;
import io.wafleet.identity.PhoneNumbers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the original's documents, all of them at once, and decides what they become:
 * <ol>
 * <li>accounts and sessions ({@link AccountsFound});
 * <li>whose phone each LID is ({@link LidsFound}), so that split threads become one;
 * <li>messages ({@link BubblesFound}), each once ({@link Twins}), with what they say ({@link Contents}) and how far they got
 * ({@link Receipts});
 * <li>what has moved counts as read by people.
 * </ol>
 */
public final class Original {
    private final Findings findings = new Findings();
    private final Jids jids;
    private final AccountsFound accounts;
    private final LidsFound lids;
    private final BubblesFound bubbles;
    private final Contents contents = new Contents(findings);
    private final Receipts receipts = new Receipts(findings);
    private final List<Change> changes = new ArrayList<>();

    private Original(PhoneNumbers phones) {
        jids = new Jids(phones);
        accounts = new AccountsFound(jids, findings);
        lids = new LidsFound(jids, findings);
        bubbles = new BubblesFound(jids, findings);
    }

    /**
     * Plans.
     *
     * @param documents in any order
     * @param phones reads numbers in the national notation
     */
    public static MovePlan plan(List<OriginalDocument> documents, PhoneNumbers phones) {
        List<OriginalDocument> sorted = documents.stream().sorted(Comparator.comparing(OriginalDocument::path))
                .toList();
        return new Original(phones).read(sorted);
    }

    private MovePlan read(List<OriginalDocument> documents) {
        for (OriginalDocument document : documents) {
            findings.read(document.collection().isEmpty() ? "other" : document.collection());
            if (document.fault() == null) {
                attempt(document, () -> readFirst(document));
            } else {
                findings.skipped(document.fault(), document.path());
            }
        }
        readLids();
        List<OriginalDocument> sound = documents.stream().filter(d -> d.fault() == null).toList();
        sound.stream().filter(d -> d.collection().equals("messages"))
                .forEach(d -> attempt(d, () -> bubbles.message(d)));
        sound.stream().filter(d -> d.collection().equals("outbox"))
                .forEach(d -> attempt(d, () -> bubbles.outbox(d)));
        lids.all().forEach(changes::add);
        List<Bubble> all = new Twins(lids, findings).joined(bubbles.bubbles());
        all.forEach(bubble -> attempt(bubble.document(), () -> change(bubble)));
        receiptsOnly(all);
        markRead(all);
        tellEmptyThreads(all);
        return new MovePlan(changes, accounts.accounts(), accounts.sessions(), findings.read(), findings.all());
    }

    private void readFirst(OriginalDocument document) {
        switch (document.collection()) {
            case "accounts" -> accounts.account(document);
            case "wa_sessions" -> accounts.session(document);
            case "threads" -> bubbles.thread(document);
            case "messages" -> bubbles.nameAccount(document);
            case "outbox" -> {
                // after the threads are known
            }
            default -> findings.skipped("nothing of that place is read", document.path());
        }
    }

    /** What no rule foresaw is told by its path, and stops nothing else: years of data are not to wait for one odd document. */
    private void attempt(OriginalDocument document, Runnable reading) {
        try {
            reading.run();
        } catch (RuntimeException e) {
            // the message could repeat what people wrote
            findings.skipped("the document cannot be understood (" + e.getClass().getSimpleName() + ")",
                    document.path());
        }
    }

    private void readLids() {
        Map<OriginalDocument, ThreadId> threads = new LinkedHashMap<>();
        bubbles.threads().values().stream().sorted(Comparator.comparing(OriginalDocument::path))
                .forEach(thread -> bubbles.threadId(thread).ifPresent(id -> threads.put(thread, id)));
        accounts.sessions().forEach(lids::session);
        threads.forEach(lids::redirect);
        threads.forEach(lids::thread);
        threads.forEach((thread, id) -> {
            if (!lids.resolve(id).equals(id)) {
                findings.joined("the thread of a LID joins that of its phone", thread.path());
            }
        });
    }

    private void change(Bubble bubble) {
        ThreadId thread = bubble.thread();
        InboundContent content = contents.of(bubble);
        if (bubble.outbound()) {
            changes.add(content instanceof Content known
                    ? new Change.OutboundContent(thread.account(), thread.chat(), bubble.id(), known, bubble.at())
                    : inbound(bubble, content));
            status(bubble);
        } else {
            changes.add(inbound(bubble, content));
        }
    }

    private void status(Bubble bubble) {
        Change.OutboundStatus status = receipts.of(bubble, bubble.thread(), bubble.id());
        if (status != null) {
            changes.add(status);
        }
    }

    private Change inbound(Bubble bubble, InboundContent content) {
        OriginalDocument document = bubble.document();
        ThreadId thread = bubble.thread();
        boolean isGroup = ThreadId.isGroup(thread.chat());
        Chat from = isGroup
                ? jids.read(document.text("key.participant", "participant", "senderJid", "senderId"))
                        .orElse(thread.chat())
                : thread.chat();
        String told = document.text("senderName", "lastSenderName", "pushName");
        @Nullable
        String name = told == null && !isGroup ? threadName(bubble) : told;
        @Nullable
        String base64 = document.text("media.thumbBase64");
        return new Change.Inbound(thread.account(), thread.chat(), bubble.id(), from, bubble.outbound(), name,
                isGroup ? threadName(bubble) : null, content, null,
                base64 == null ? null : thumbnail(base64, document.path()), bubble.at(), bubble.at());
    }

    private @Nullable String thumbnail(String base64, String path) {
        String bare = base64.substring(base64.indexOf(',') + 1);
        @Nullable
        String kept = Thumbnail.ofBase64(bare).map(Thumbnail::base64).orElse(null);
        if (kept == null) {
            findings.corrected("a thumbnail that is no JPEG of at most 16 kB is left out", path);
        }
        return kept;
    }

    /** The original wrote the account's own name over the other's. */
    private @Nullable String threadName(Bubble bubble) {
        OriginalDocument thread = bubbles.thread(bubble);
        String name = thread == null ? null : thread.text("displayName");
        return name == null || name.equals(accounts.name(bubble.thread().account())) ? null : name;
    }

    /** Receipts that the original wrote beside a message that lies elsewhere. */
    private void receiptsOnly(List<Bubble> all) {
        Map<MessageId, Bubble> own = new LinkedHashMap<>();
        all.stream().filter(Bubble::outbound).forEach(b -> own.putIfAbsent(b.id(), b));
        for (Bubble receipt : bubbles.receiptsOnly()) {
            Bubble message = own.get(receipt.id());
            if (message == null || !message.thread().account().equals(receipt.thread().account())) {
                findings.skipped("a receipt for a message that is nowhere", receipt.document().path());
                continue;
            }
            findings.joined("a receipt that lay beside its message", receipt.document().path());
            Change.OutboundStatus status = receipts.of(
                    new Bubble(receipt.document(), message.thread(), message.id(), false, true, "", message.at()),
                    message.thread(), message.id());
            if (status != null) {
                changes.add(status);
            }
        }
    }

    /** Nobody was told what people had read; an inbox of years that counts as new would be of no use. */
    private void markRead(List<Bubble> all) {
        Map<ThreadId, Instant> newest = new LinkedHashMap<>();
        all.forEach(b -> newest.merge(b.thread(), b.at(), (x, y) -> x.isAfter(y) ? x : y));
        newest.forEach((thread, at) -> changes.add(new Change.ReadMark(thread.account(), thread.chat(), at, at)));
    }

    private void tellEmptyThreads(List<Bubble> all) {
        Set<ThreadId> spoken = new HashSet<>();
        all.forEach(b -> spoken.add(lids.resolve(b.thread())));
        bubbles.threads().values().stream().sorted(Comparator.comparing(OriginalDocument::path)).forEach(thread -> {
            ThreadId id = bubbles.threadId(thread).map(lids::resolve).orElse(null);
            if (id == null) {
                findings.skipped("the thread's id names no account and chat: its messages go where they say",
                        thread.path());
            } else if (!spoken.contains(id)) {
                findings.skipped("the thread has no messages: there is nothing to show", thread.path());
            }
        });
    }
}
