package io.wafleet.gateway.http;

import io.wafleet.contract.Event;
import io.wafleet.contract.MessageStatusRecord;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a message's status is shown. */
final class MessageJson {
    private MessageJson() {}

    /** In a list. */
    static Map<String, @Nullable Object> summary(MessageStatusRecord told) {
        return Answer.fields("messageId", told.message().value(), "accountId", told.account().value(), "to",
                told.chat().jid(), "status", told.status().wire(), "attempts", told.attempts(), "reason",
                told.reason(), "acceptedAt", told.acceptedAt(), "updatedAt", told.updatedAt(), "nextAttemptAt",
                told.nextAttemptAt(), "sentAt", told.sentAt(), "deliveredAt", told.deliveredAt(), "readAt",
                told.readAt(), "retryUntil", told.retryUntil());
    }

    /** With all that it went through. */
    static Map<String, @Nullable Object> of(MessageStatusRecord told) {
        Map<String, @Nullable Object> shown = summary(told);
        shown.put("history", told.history().stream()
                .map(a -> Answer.fields("attempt", a.number(), "epoch", a.epoch().value(), "dispatchedAt", a.at(),
                        "outcome", outcome(a.outcome()), "reason", a.reason(), "endedAt", a.endedAt()))
                .toList());
        shown.put("receipts", told.receipts().stream().map(r -> Answer.fields("kind", word(r.kind()), "at", r.at()))
                .toList());
        return shown;
    }

    private static @Nullable String outcome(Event.@Nullable Outcome outcome) {
        return outcome == null ? null : word(outcome);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
