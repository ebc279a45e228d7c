package io.wafleet.conversations.moving;

import io.wafleet.contract.MessageId;
import io.wafleet.conversations.ThreadId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Joins what waited with what was sent. A bubble that waited (a placeholder) is the same message as one with WhatsApp's id:
 * <ol>
 * <li>when the outbox, or the sent message itself, names both ids;
 * <li>else when both are in one thread, say the same words, and it was sent from {@link #BEFORE} before to {@link #AFTER} after the
 * placeholder's time: the nearest one. Each sent message is joined by one placeholder of the thread and one entry of the outbox at most,
 * so what was said twice stays twice, and what was said once is never lost;
 * <li>entries of the outbox that nobody sent join the thread's placeholder by the same rule.
 * </ol>
 */
final class Twins {
    /** Clocks of phones and servers differ. */
    static final Duration BEFORE = Duration.ofMinutes(2);
    /** The original gave up after seconds; a stopped one sent when it ran again. */
    static final Duration AFTER = Duration.ofMinutes(15);

    private final LidsFound lids;
    private final Findings findings;
    private final List<Bubble> kept = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private final Set<Said> takenByThread = new HashSet<>();
    private final Set<Said> takenByOutbox = new HashSet<>();

    Twins(LidsFound lids, Findings findings) {
        this.lids = lids;
        this.findings = findings;
    }

    /** A message, wherever its documents lie. */
    private record Said(ThreadId thread, MessageId id) {}

    /** Where words were said. */
    private record Words(ThreadId thread, String text) {}

    /** All that are one message of its own, or tell more of one; placeholders that were joined are gone. */
    List<Bubble> joined(List<Bubble> found) {
        Map<String, MessageId> sentAs = sentAs(found);
        List<Bubble> waiting = new ArrayList<>();
        Map<Words, List<Bubble>> sent = new HashMap<>();
        for (Bubble bubble : found) {
            MessageId known = sentAs.get(bubble.document().id());
            if (bubble.placeholder() && known != null) {
                findings.joined("waited, and was sent under an id that the outbox or the message names",
                        bubble.document().path());
                takenByThread.add(said(bubble.as(known)));
                told.add(bubble.document().path());
                kept.add(bubble.as(known));
            } else if (bubble.placeholder()) {
                waiting.add(bubble);
            } else {
                kept.add(bubble);
            }
        }
        kept.stream().filter(Bubble::outbound).forEach(b -> sent.computeIfAbsent(words(b), _ -> new ArrayList<>())
                .add(b));
        List<Bubble> left = match(of(waiting, false), sent, takenByThread,
                "waited, and is there as sent: the same words in the same thread within 15 minutes");
        Map<Words, List<Bubble>> placeholders = new HashMap<>();
        left.forEach(b -> placeholders.computeIfAbsent(words(b), _ -> new ArrayList<>()).add(b));
        List<Bubble> orders = match(of(waiting, true), placeholders, takenByOutbox,
                "an outbox entry that is there as a waiting message too");
        kept.addAll(left);
        kept.addAll(match(orders, sent, takenByOutbox,
                "an outbox entry that is there as sent: the same words in the same thread within 15 minutes"));
        tellSame();
        return kept;
    }

    private static List<Bubble> of(List<Bubble> waiting, boolean fromOutbox) {
        return waiting.stream().filter(b -> b.fromOutbox() == fromOutbox).sorted(
                Comparator.comparing(Bubble::at).thenComparing(b -> b.document().path())).toList();
    }

    /** By the id of what waited, the id under which it was sent. */
    private static Map<String, MessageId> sentAs(List<Bubble> found) {
        Map<String, MessageId> sentAs = new HashMap<>();
        for (Bubble bubble : found) {
            OriginalDocument document = bubble.document();
            if (!bubble.placeholder() && bubble.outbound()) {
                Stream.of("clientMessageId", "requestId").map(document::text).filter(id -> id != null)
                        .forEach(id -> sentAs.put(id, bubble.id()));
                if (bubble.fromOutbox()) {
                    sentAs.put(document.id(), bubble.id());
                }
            }
        }
        return sentAs;
    }

    /** Returns those that found none. */
    private List<Bubble> match(List<Bubble> waiting, Map<Words, List<Bubble>> others, Set<Said> taken, String why) {
        List<Bubble> left = new ArrayList<>();
        for (Bubble bubble : waiting) {
            Bubble twin = nearest(bubble, others.getOrDefault(words(bubble), List.of()), taken);
            if (twin == null) {
                left.add(bubble);
            } else {
                taken.add(said(twin));
                findings.joined(why, bubble.document().path());
            }
        }
        return left;
    }

    private @Nullable Bubble nearest(Bubble bubble, List<Bubble> others, Set<Said> taken) {
        return others.stream().filter(o -> !taken.contains(said(o)))
                .filter(o -> !o.at().isBefore(bubble.at().minus(BEFORE)) && !o.at().isAfter(bubble.at().plus(AFTER)))
                .min(Comparator.comparing((Bubble o) -> Duration.between(bubble.at(), o.at()).abs())
                        .thenComparing(Bubble::id))
                .orElse(null);
    }

    private void tellSame() {
        Set<Said> seen = new HashSet<>();
        for (Bubble bubble : kept) {
            if (!told.contains(bubble.document().path()) && !seen.add(said(bubble))) {
                findings.joined("the same id in another document of the same conversation", bubble.document().path());
            }
        }
    }

    private Words words(Bubble bubble) {
        return new Words(lids.resolve(bubble.thread()), bubble.text().strip());
    }

    private Said said(Bubble bubble) {
        return new Said(lids.resolve(bubble.thread()), bubble.id());
    }
}
