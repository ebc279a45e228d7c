package io.wafleet.conversations.moving;

import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.ThreadId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says how far an own message got. The original stored each receipt one step too far: what it calls {@code delivered} was the server's, what
 * it calls {@code read} was the delivery; that somebody read, it never learned but in groups, where the two cannot be told apart. So every
 * status goes one step back: less may be said than was so, never more. A stamp counts also where a later receipt wrote over the status.
 */
final class Receipts {
    /** For messages that nobody sends any more. */
    static final String NOT_SENT = "not_sent_before_moving_in";
    private static final int MAX_REASON = 200;

    private final Findings findings;

    Receipts(Findings findings) {
        this.findings = findings;
    }

    /** Null: the document says nothing of it. */
    Change.@Nullable OutboundStatus of(Bubble bubble, ThreadId thread, MessageId id) {
        OriginalDocument document = bubble.document();
        String said = bubble.fromOutbox() && !bubble.placeholder() ? "sent" : bubble.status();
        Instant delivered = document.time("deliveredAt");
        Instant read = document.time("readAt");
        if ("read".equals(said) || read != null) {
            findings.corrected("a receipt was one step too far: read is delivered", document.path());
            Instant at = Objects.requireNonNullElse(read, later(document, bubble));
            return status(bubble, thread, id, MessageStatus.DELIVERED, null, delivered, at);
        }
        if ("delivered".equals(said) || delivered != null) {
            findings.corrected("a receipt was one step too far: delivered is sent", document.path());
            return status(bubble, thread, id, MessageStatus.SENT, null,
                    Objects.requireNonNullElse(delivered, later(document, bubble)), null);
        }
        return switch (said) {
            case null -> bubble.placeholder() ? notSent(bubble, thread, id) : null;
            case "sent" ->
                status(bubble, thread, id, MessageStatus.SENT, null, document.time("sentAt", "updatedAt"), null);
            case "failed" -> status(bubble, thread, id, MessageStatus.FAILED, reason(document), null, null);
            case "queued", "processing" -> notSent(bubble, thread, id);
            default -> null;
        };
    }

    private Change.@Nullable OutboundStatus notSent(Bubble bubble, ThreadId thread, MessageId id) {
        if (!bubble.placeholder()) {
            // It waited, and is known to be sent: the sent one says how far it got.
            return null;
        }
        findings.corrected("it waited to be sent: it is kept as failed, and not sent anew", bubble.document().path());
        return status(bubble, thread, id, MessageStatus.FAILED, NOT_SENT, null, null);
    }

    private static String reason(OriginalDocument document) {
        String error = Objects.requireNonNullElse(document.text("lastError", "error"), "failed before moving in");
        return error.length() > MAX_REASON ? error.substring(0, MAX_REASON) : error;
    }

    private static Instant later(OriginalDocument document, Bubble bubble) {
        return Objects.requireNonNullElse(document.time("updatedAt"), bubble.at());
    }

    private static Change.OutboundStatus status(Bubble bubble, ThreadId thread, MessageId id, MessageStatus status,
            @Nullable String reason, @Nullable Instant sentAt, @Nullable Instant deliveredAt) {
        Instant last = deliveredAt != null ? deliveredAt : sentAt != null ? sentAt : bubble.at();
        return new Change.OutboundStatus(new MessageStatusRecord(thread.account(), id, thread.chat(), status, 1, reason,
                bubble.at(), last.isBefore(bubble.at()) ? bubble.at() : last, null, sentAt, deliveredAt, null));
    }
}
