package io.wafleet.gateway.request;

import io.wafleet.contract.CommandId;
import io.wafleet.contract.Reply.CommandReply;

/** How an account command ended, as far as the gateway could learn. */
public sealed interface CommandAnswer {
    /** It is in the journal, and its effects follow. */
    record Applied(CommandReply reply) implements CommandAnswer {}

    /** The owner changed nothing; the reply's code says why. */
    record Refused(CommandReply reply) implements CommandAnswer {}

    /** No live owner, and nothing was written; or the owner changed before it was read, and nothing was done. */
    record Passive() implements CommandAnswer {}

    /** Too many requests wait: nothing was written. */
    record Busy() implements CommandAnswer {}

    /** Kafka could not be reached: nothing was written. */
    record NotWritten() implements CommandAnswer {}

    /** Kafka did not confirm in time: whether it was written, was applied or will be is not known. */
    record Unconfirmed(CommandId id) implements CommandAnswer {}

    /** It is written, but no reply came in time: whether it was applied, or will be, is not known. */
    record Unanswered(CommandId id) implements CommandAnswer {}
}
