package io.wafleet.gateway.request;

import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import org.jspecify.annotations.Nullable;

/** How accepting a message ended. */
public sealed interface SendAnswer {
    /**
     * It is kept, and this is how far it got while the caller waited.
     *
     * @param duplicate whether it was accepted before, under the same key
     * @param reason why it waits or failed; null when the status says it all
     */
    record Kept(MessageId message, MessageStatus status, boolean duplicate, @Nullable String reason)
            implements
                SendAnswer {}

    /** The key was used for another request, which became {@code first}. */
    record Conflict(MessageId first) implements SendAnswer {}

    /** The outbox does not take it. */
    record Refused(MessageId message, @Nullable String code, @Nullable String reason) implements SendAnswer {}

    /** Too many messages of the account wait: nothing was written. */
    record Full() implements SendAnswer {}

    /** The outbox did not decide about the key in time; repeating it under the same key is safe. */
    record Undecided(MessageId message) implements SendAnswer {}

    /** No live owner: nothing was written. */
    record Passive() implements SendAnswer {}

    /** Too many requests wait: nothing was written. */
    record Busy() implements SendAnswer {}

    /** Kafka could not be reached: nothing was written. */
    record NotWritten() implements SendAnswer {}

    /** It is larger than Kafka takes: nothing was written. */
    record TooLarge() implements SendAnswer {}

    /** Kafka did not confirm in time: the message may have been accepted. */
    record Unconfirmed(MessageId message) implements SendAnswer {}
}
