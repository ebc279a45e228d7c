package io.wafleet.conversations;

import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How far an outbound message got. Evidence of delivery only moves forwards; what comes before it may alternate (queued again after
 * a failed attempt, or after a person's retry), so there the later one wins.
 *
 * @param attempts how many were made
 * @param reason why it waits or ended; null when the status says it all
 */
public record Delivery(MessageStatus status, Instant updatedAt, int attempts, @Nullable String reason,
        @Nullable Instant sentAt, @Nullable Instant deliveredAt, @Nullable Instant readAt) {
    private static final Comparator<Delivery> NEWNESS = Comparator.<Delivery>comparingInt(d -> rank(d.status))
            .thenComparing(Delivery::updatedAt).thenComparing(d -> d.status.isFinal()).thenComparing(Delivery::status)
            .thenComparingInt(Delivery::attempts).thenComparing(d -> d.reason == null ? "" : d.reason);

    static Delivery of(MessageStatusRecord status) {
        return new Delivery(status.status(), Times.storable(status.updatedAt()), status.attempts(),
                Texts.wellFormedOrNull(status.reason()), Times.storableOrNull(status.sentAt()),
                Times.storableOrNull(status.deliveredAt()), Times.storableOrNull(status.readAt()));
    }

    /** The newer of both; what only one of them knows of its way is kept. */
    Delivery merge(Delivery other) {
        Delivery newer = NEWNESS.compare(this, other) >= 0 ? this : other;
        return new Delivery(newer.status, newer.updatedAt, newer.attempts, newer.reason,
                Times.earlierOrNull(sentAt, other.sentAt), Times.earlierOrNull(deliveredAt, other.deliveredAt),
                Times.earlierOrNull(readAt, other.readAt));
    }

    private static int rank(MessageStatus status) {
        return switch (status) {
            case QUEUED, DISPATCHED, FAILED, EXPIRED, CANCELLED -> 0;
            case SENT -> 1;
            case DELIVERED -> 2;
            case READ -> 3;
            case PLAYED -> 4;
        };
    }
}
