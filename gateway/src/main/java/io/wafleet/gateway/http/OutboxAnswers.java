package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.wafleet.contract.Reply;
import io.wafleet.gateway.request.OutboxAnswer;

/** What the end of a question to the outbox means in HTTP. */
final class OutboxAnswers {
    private OutboxAnswers() {}

    /** The outbox's reply; for every other end a problem. */
    static <R extends Reply> Future<R> told(OutboxAnswer end, Class<R> type) {
        return switch (end) {
            // Ids are random: another's reply under ours is a broken promise of its writer, and no answer to us.
            case OutboxAnswer.Told told when type.isInstance(told.reply()) ->
                Future.succeededFuture(type.cast(told.reply()));
            case OutboxAnswer.Told _,OutboxAnswer.Untold _ -> Future.failedFuture(Problem.unavailable("undecided",
                    "The outbox did not answer in time; it is not known whether it was done, asking again is safe"));
            case OutboxAnswer.Busy _ -> Future.failedFuture(CommandAnswers.busy());
            case OutboxAnswer.NotWritten _ -> Future.failedFuture(CommandAnswers.notWritten());
        };
    }
}
