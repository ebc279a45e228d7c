package io.wafleet.gateway.request;

import io.wafleet.contract.Reply;

/** How a question to the outbox ended, as far as the gateway could learn. Asking again is always safe. */
public sealed interface OutboxAnswer {
    /** The outbox decided. */
    record Told(Reply reply) implements OutboxAnswer {}

    /** Too many requests wait: nothing was written. */
    record Busy() implements OutboxAnswer {}

    /** Kafka could not be reached: nothing was written. */
    record NotWritten() implements OutboxAnswer {}

    /** No answer came in time: whether it was done, or will be, is not known. */
    record Untold() implements OutboxAnswer {}
}
