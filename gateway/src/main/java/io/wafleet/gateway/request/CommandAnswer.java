package io.wafleet.gateway.request;

import io.wafleet.contract.CommandId;
import io.wafleet.contract.Reply.CommandReply;

/** How an account command ended, as far as the gateway could learn. */
public sealed interface CommandAnswer {
    /** It is in the journal, and its effects follow. */
    record Applied(CommandReply reply) implements CommandAnswer {}

    /** The owner changed nothing; the reply's code says why. */
    record Refused(CommandReply reply) implements CommandAnswer {}

    /** The owner read it after its deadline and changed nothing. */
    record Expired() implements CommandAnswer {}

    /** No live owner: nothing was written. */
    record Passive() implements CommandAnswer {}

    /** Too many requests wait: nothing was written. */
    record Busy() implements CommandAnswer {}

    /** Kafka could not be reached: nothing was written. */
    record NotWritten() implements CommandAnswer {}

    /** Kafka did not confirm in time: it may be applied until its deadline. */
    record Unconfirmed(CommandId id) implements CommandAnswer {}

    /** It is written, but no reply came in time: it was most likely not applied. */
    record Unanswered(CommandId id) implements CommandAnswer {}
}
