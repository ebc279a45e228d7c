package io.wafleet.outbox.core;

import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Command;
import io.wafleet.contract.MessageContentRecord;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Reply;

/** What the outbox orders; written in the transaction that keeps the state. */
public sealed interface Output {
    /** One attempt, for the account's owner. */
    record Dispatch(Command.Dispatch command) implements Output {}

    /** A message's new status. */
    record MessageChanged(MessageStatusRecord status) implements Output {}

    /** What an accepted message says; before its first status. */
    record ContentAccepted(MessageContentRecord content) implements Output {}

    /** An account's new status. */
    record AccountChanged(AccountStatusRecord status) implements Output {}

    /** The answer to a request. */
    record Answer(Reply.RequestReply reply) implements Output {}

    /** The answer to a question about pacing. */
    record PacingTold(Reply.PacingReply reply) implements Output {}

    /**
     * A message that was given up, for the dead letters.
     *
     * @param offset of its request on the topic
     */
    record GivenUp(OutboxRequest.Send send, long offset, String reason) implements Output {}
}
