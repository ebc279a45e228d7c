package io.wafleet.gateway.desk;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Topic;
import io.wafleet.gateway.request.OutboxAnswer;
import io.wafleet.gateway.view.Waiters;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks the outbox, and waits for what it decides: cancel, retry, discard, pacing. No owner is needed: the outbox decides by itself.
 * Thread-safe.
 */
public final class OutboxDesk {
    /** Makes the request. */
    @FunctionalInterface
    public interface Question {
        OutboxRequest stamped(CommandId id, Instant at);
    }

    private final Publisher publisher;
    private final Waiters<CommandId, Reply> replies;
    private final Ids ids;
    private final Clocks clocks;
    private final Duration wait;

    /**
     * @param wait how long the outbox's answer is waited for
     */
    public OutboxDesk(Publisher publisher, Waiters<CommandId, Reply> replies, Ids ids, Clocks clocks, Duration wait) {
        this.publisher = publisher;
        this.replies = replies;
        this.ids = ids;
        this.clocks = clocks;
        this.wait = wait;
    }

    /** Never completes exceptionally. */
    public CompletionStage<OutboxAnswer> ask(AccountId account, Question question) {
        CommandId id = ids.commands().get();
        Optional<CompletableFuture<Optional<Reply>>> reply = replies.await(id, clocks.nanos() + wait.toNanos());
        if (reply.isEmpty()) {
            return CompletableFuture.completedStage(new OutboxAnswer.Busy());
        }
        return publisher.publish(Topic.OUTBOX, account, question.stamped(id, clocks.now()))
                .thenCompose(publication -> publication.isRefused()
                        ? CompletableFuture.completedStage(new OutboxAnswer.NotWritten())
                        : reply.get().thenApply(OutboxDesk::told));
    }

    private static OutboxAnswer told(Optional<Reply> reply) {
        return reply.<OutboxAnswer>map(OutboxAnswer.Told::new).orElseGet(OutboxAnswer.Untold::new);
    }
}
