package io.wafleet.gateway.desk;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Command.AccountCommand;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Reply.CommandReply;
import io.wafleet.contract.Reply.PacingReply;
import io.wafleet.contract.Reply.RequestReply;
import io.wafleet.contract.Topic;
import io.wafleet.gateway.desk.Publisher.Publication;
import io.wafleet.gateway.request.CommandAnswer;
import io.wafleet.gateway.view.Fleet;
import io.wafleet.gateway.view.Ownership;
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
 * <li>Wait for the reply, then write the command, addressed to the epoch of the owner that lives. Not written: say so. Not
 * confirmed: it may be applied, say so.
 * <li>The owner's reply ends it. Should another owner have come meanwhile, it answers {@code expired} and nobody applies the
 * command any more: passive. No reply in time: it may be applied by now or later, say so.
 * <li>Applied: the answer is held until the changelog has it, so that who reads next, on any gateway, sees what was done; after
 * a short bound it is given all the same.
 * </ol>
 * Thread-safe.
 */
public final class AccountDesk {
    private static final Duration SETTLING = Duration.ofMillis(500);

    /**
     * What marks a command apart from its content.
     *
     * @param epoch of the owner that it is addressed to
     */
    public record Stamp(CommandId id, Instant issuedAt, Epoch epoch) {}

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
    private final Duration wait;

    /**
     * @param wait how long a reply is waited for
     */
    public AccountDesk(Fleet fleet, Publisher publisher, Waiters<CommandId, Reply> replies,
            Waiters<CommandId, AccountStatusRecord> settled, Ids ids, Clocks clocks, Duration wait) {
        this.fleet = fleet;
        this.publisher = publisher;
        this.replies = replies;
        this.settled = settled;
        this.ids = ids;
        this.clocks = clocks;
        this.wait = wait;
    }

    /** Never completes exceptionally. */
    public CompletionStage<CommandAnswer> run(AccountId account, Order order) {
        return switch (fleet.owner(account, clocks.nanos())) {
            case Ownership.None _ -> CompletableFuture.completedStage(new CommandAnswer.Passive());
            case Ownership.Live owner -> run(account, order, owner.epoch());
        };
    }

    private CompletionStage<CommandAnswer> run(AccountId account, Order order, Epoch owner) {
        CommandId id = ids.commands().get();
        AccountCommand command = order.stamped(new Stamp(id, clocks.now(), owner));
        Optional<CompletableFuture<Optional<Reply>>> reply = replies.await(id, clocks.nanos() + wait.toNanos());
        if (reply.isEmpty()) {
            return CompletableFuture.completedStage(new CommandAnswer.Busy());
        }
        return publisher.publish(Topic.COMMANDS, account, command)
                .thenCompose(publication -> written(publication, id, reply.get()));
    }

    private CompletionStage<CommandAnswer> written(Publication publication, CommandId id,
            CompletableFuture<Optional<Reply>> reply) {
        return switch (publication) {
            // A command that names an account and little else is never too large.
            case NOT_WRITTEN, TOO_LARGE -> CompletableFuture.completedStage(new CommandAnswer.NotWritten());
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
                case EXPIRED -> CompletableFuture.completedStage(new CommandAnswer.Passive());
            };
            // Ids are random: another's reply under ours is a broken promise of its writer, and no answer to us.
            case RequestReply _,PacingReply _ -> CompletableFuture.completedStage(new CommandAnswer.Unanswered(id));
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
