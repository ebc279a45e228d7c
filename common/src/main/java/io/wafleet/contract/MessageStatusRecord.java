package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest status of an outbound message, on the changelog {@code message-status}; its key there is
 * {@code <account>/<message>}.
 *
 * @param attempts how many attempts were made (those that were not attempted do not count)
 * @param reason why it waits or ended; null when the status says it all
 * @param nextAttemptAt when the next attempt may be made; null when none is planned
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonTypeName("message-status")
public record MessageStatusRecord(AccountId account, MessageId message, Chat chat, MessageStatus status, int attempts,
        @Nullable String reason, Instant acceptedAt, Instant updatedAt, @Nullable Instant nextAttemptAt,
        @Nullable Instant sentAt, @Nullable Instant deliveredAt, @Nullable Instant readAt) implements Versioned {

    /** The record's key on the topic. */
    public String key() {
        return account.value() + "/" + message.value();
    }
}
