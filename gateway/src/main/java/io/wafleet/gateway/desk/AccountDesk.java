package io.wafleet.gateway.desk;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Command.AccountCommand;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Reply.CommandReply;
import io.wafleet.contract.Reply.RequestReply;
import io.wafleet.contract.Topic;
import io.wafleet.gateway.desk.Publisher.Publication;
import io.wafleet.gateway.request.CommandAnswer;
import io.wafleet.gateway.view.Fleet;
import io.wafleet.gateway.view.Waiters;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Runs an account command:
 * <ol>
 * <li>No live owner: passive, nothing is written.
 * <li>Wait for the reply, then write the command with its deadline. Not written: say so. Not confirmed: it may be applied, say so.
 * <li>The owner's reply ends it. None in time: the owner was lost; after its deadline nobody applies the command any more.
 * <li>Applied: the answer is held until the changelog has it, so that who reads next, on any gateway, sees what was done; after
 * a short bound it is given all the same.
 * </ol>
 * Thread-safe.
 */
public final class AccountDesk {
    private static final Duration SETTLING = Duration.ofMillis(500);

    /**
     * How long things may take.
     *
     * @param deadline until when an owner may apply a command
     * @param reply how long its reply is waited for; more than the deadline
     */
    public record Patience(Duration deadline, Duration reply) {}

    /** What marks a command apart from its content. */
    public record Stamp(CommandId id, Instant issuedAt, Instant deadline) {}

    /** Makes the command. */
    @FunctionalInterface
    public interface Order {
        AccountCommand stamped(Stamp stamp);
    }

    private final Fleet fleet;
    private final Publisher publisher;
    private final Waiters<CommandId, Reply> replies;
    private final Waiters<CommandId, AccountStatusRecord> settled;
    private final Ids ids;
    private final Clocks clocks;
    private final Patience patience;

    public AccountDesk(Fleet fleet, Publisher publisher, Waiters<CommandId, Reply> replies,
            Waiters<CommandId, AccountStatusRecord> settled, Ids ids, Clocks clocks, Patience patience) {
        this.fleet = fleet;
        this.publisher = publisher;
        this.replies = replies;
        this.settled = settled;
        this.ids = ids;
        this.clocks = clocks;
        this.patience = patience;
    }

    /** Never completes exceptionally. */
    public CompletionStage<CommandAnswer> run(AccountId account, Order order) {
        if (!fleet.isOwned(account, clocks.nanos())) {
            return CompletableFuture.completedStage(new CommandAnswer.Passive());
        }
        CommandId id = ids.commands().get();
        Instant now = clocks.now();
        AccountCommand command = order.stamped(new Stamp(id, now, now.plus(patience.deadline)));
        Optional<CompletableFuture<Optional<Reply>>> reply = replies.await(id,
                clocks.nanos() + patience.reply.toNanos());
        if (reply.isEmpty()) {
            return CompletableFuture.completedStage(new CommandAnswer.Busy());
        }
        return publisher.publish(Topic.COMMANDS, account, command)
                .thenCompose(publication -> written(publication, id, reply.get()));
    }

    private CompletionStage<CommandAnswer> written(Publication publication, CommandId id,
            CompletableFuture<Optional<Reply>> reply) {
        return switch (publication) {
            case NOT_WRITTEN -> CompletableFuture.completedStage(new CommandAnswer.NotWritten());
            case UNCONFIRMED -> reply.getNow(Optional.empty()).map(r -> answered(id, Optional.of(r)))
                    .orElseGet(() -> CompletableFuture.completedStage(new CommandAnswer.Unconfirmed(id)));
            case CONFIRMED -> reply.thenCompose(r -> answered(id, r));
        };
    }

    private CompletionStage<CommandAnswer> answered(CommandId id, Optional<Reply> reply) {
        if (reply.isEmpty()) {
            return CompletableFuture.completedStage(new CommandAnswer.Unanswered(id));
        }
        return switch (reply.get()) {
            case CommandReply r -> switch (r.result()) {
                case APPLIED -> settle(r).thenApply(_ -> new CommandAnswer.Applied(r));
                case REFUSED -> CompletableFuture.completedStage(new CommandAnswer.Refused(r));
                case EXPIRED -> CompletableFuture.completedStage(new CommandAnswer.Expired());
            };
            // Ids are random: another's reply under ours is a broken promise of its writer, and no answer to us.
            case RequestReply _ -> CompletableFuture.completedStage(new CommandAnswer.Unanswered(id));
        };
    }

    private CompletionStage<?> settle(CommandReply reply) {
        Optional<CompletableFuture<Optional<AccountStatusRecord>>> seen = settled.await(reply.id(),
                clocks.nanos() + SETTLING.toNanos());
        boolean isThere = fleet.accounts().find(reply.account()).filter(a -> reply.id().equals(a.lastCommand()))
                .isPresent();
        return isThere || seen.isEmpty() ? CompletableFuture.completedStage(reply) : seen.get();
    }
}
