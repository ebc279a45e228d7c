package io.wafleet.gateway.desk;

import io.wafleet.contract.CommandId;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Reply;
import io.wafleet.contract.Reply.CommandReply;
import io.wafleet.contract.Reply.PacingReply;
import io.wafleet.contract.Reply.RequestReply;
import io.wafleet.contract.Topic;
import io.wafleet.gateway.desk.Publisher.Publication;
import io.wafleet.gateway.request.SendAnswer;
import io.wafleet.gateway.request.SendOrder;
import io.wafleet.gateway.view.Fleet;
import io.wafleet.gateway.view.Ownership;
import io.wafleet.gateway.view.Waiters;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Accepts a message:
 * <ol>
 * <li>No live owner, and the caller would wait: passive, nothing is written. Who asked for {@code respond-async} is served all the
 * same: the outbox is durable.
 * <li>Without key, and the account's queue is full as far as is known here: refused, nothing is written. Else it has its place in
 * the queue: the outbox refuses nothing that was accepted without key.
 * <li>The message gets its WhatsApp id, for ever.
 * <li>Without key it is accepted when Kafka has it. With a key the outbox decides: accepted, same as an earlier one, or conflict;
 * no decision in time is an error that is safe to repeat, since the key stays. While the outbox is behind with many, it is asked no more.
 * <li>Then, unless asynchronous, its status is waited for within the same bound; what is not sent by then is queued.
 * </ol>
 * Thread-safe.
 */
public final class MessageDesk {
    /**
     * @param patience how long is waited for {@code sent}, and for a decision about a key
     * @param maxQueued messages of an account that may wait
     */
    public record Limits(Duration patience, int maxQueued) {}

    /** Where the latest status of a message is known, if it is. */
    public interface Statuses {
        Optional<MessageStatusRecord> find(MessageId message);

        /** A message was accepted, now or before: who is told so may ask for it at once, before anything more is heard of it. */
        void accepted(MessageStatusRecord status);
    }

    private final Fleet fleet;
    private final Publisher publisher;
    private final Waiters<CommandId, Reply> replies;
    private final Waiters<MessageId, MessageStatusRecord> outcomes;
    private final Statuses statuses;
    private final Ids ids;
    private final Clocks clocks;
    private final Limits limits;

    /**
     * @param outcomes is offered every record of a message that is sent or final
     */
    public MessageDesk(Fleet fleet, Publisher publisher, Waiters<CommandId, Reply> replies,
            Waiters<MessageId, MessageStatusRecord> outcomes, Statuses statuses, Ids ids, Clocks clocks,
            Limits limits) {
        this.fleet = fleet;
        this.publisher = publisher;
        this.replies = replies;
        this.outcomes = outcomes;
        this.statuses = statuses;
        this.ids = ids;
        this.clocks = clocks;
        this.limits = limits;
    }

    /** Never completes exceptionally. */
    public CompletionStage<SendAnswer> send(SendOrder order) {
        if (!order.respondAsync() && fleet.owner(order.account(), clocks.nanos()) instanceof Ownership.None) {
            return done(new SendAnswer.Passive());
        }
        long deadlineNanos = clocks.nanos() + limits.patience.toNanos();
        OutboxRequest.Send request = request(order);
        return order.idempotencyKey().isPresent()
                ? sendKeyed(order, request, deadlineNanos)
                : sendUnkeyed(order, request, deadlineNanos);
    }

    private OutboxRequest.Send request(SendOrder order) {
        @Nullable
        String key = order.idempotencyKey().orElse(null);
        return new OutboxRequest.Send(ids.commands().get(), order.account(), ids.messages().get(),
                order.chat(), order.content(), key,
                key == null ? null : Fingerprint.of(order.chat(), order.content(), order.times()),
                clocks.now(), order.times().sendAt(), order.times().expiresAt());
    }

    private CompletionStage<SendAnswer> sendUnkeyed(SendOrder order, OutboxRequest.Send request, long deadlineNanos) {
        if (!fleet.queues().reserve(order.account(), request.message(), limits.maxQueued)) {
            return done(new SendAnswer.Full());
        }
        Optional<CompletableFuture<Optional<MessageStatusRecord>>> outcome = isNotWaitedFor(order)
                ? Optional.of(CompletableFuture.completedFuture(Optional.empty()))
                : outcomes.await(request.message(), deadlineNanos);
        if (outcome.isEmpty()) {
            fleet.queues().release(request.message());
            return done(new SendAnswer.Busy());
        }
        return publisher.publish(Topic.OUTBOX, order.account(), request)
                .thenCompose(publication -> switch (publication) {
                    case CONFIRMED -> {
                        statuses.accepted(queued(request));
                        yield outcome.get().thenApply(told -> kept(request.message(), false, told));
                    }
                    case NOT_WRITTEN, TOO_LARGE -> {
                        fleet.queues().release(request.message());
                        yield done(refused(publication));
                    }
                    case UNCONFIRMED -> {
                        fleet.queues().release(request.message());
                        yield done(unconfirmed(request.message()));
                    }
                });
    }

    private MessageStatusRecord queued(OutboxRequest.Send request) {
        Instant sendAt = request.sendAt();
        Instant next = sendAt != null && sendAt.isAfter(request.acceptedAt()) ? sendAt : null;
        return new MessageStatusRecord(request.account(), request.message(), request.chat(), MessageStatus.QUEUED, 0,
                null, request.acceptedAt(), request.acceptedAt(), next, null, null, null);
    }

    private CompletionStage<SendAnswer> sendKeyed(SendOrder order, OutboxRequest.Send request, long deadlineNanos) {
        int partition = fleet.partitions().of(order.account());
        if (!fleet.undecided().ask(partition, request.id(), clocks.nanos())) {
            return done(new SendAnswer.Busy());
        }
        Optional<CompletableFuture<Optional<Reply>>> decision = replies.await(request.id(), deadlineNanos);
        if (decision.isEmpty()) {
            fleet.undecided().withdraw(partition, request.id());
            return done(new SendAnswer.Busy());
        }
        return publisher.publish(Topic.OUTBOX, order.account(), request).thenCompose(publication -> {
            if (publication != Publication.CONFIRMED) {
                fleet.undecided().withdraw(partition, request.id());
            }
            return publication.isRefused()
                    ? done(refused(publication))
                    : decision.get().thenCompose(reply -> decided(order, request, reply, deadlineNanos));
        });
    }

    private CompletionStage<SendAnswer> decided(SendOrder order, OutboxRequest.Send request, Optional<Reply> reply,
            long deadlineNanos) {
        if (reply.isEmpty()) {
            return done(new SendAnswer.Undecided(request.message()));
        }
        return switch (reply.get()) {
            case RequestReply r -> switch (r.result()) {
                case ACCEPTED -> {
                    statuses.accepted(r.status() == null ? queued(request) : r.status());
                    yield follow(order, r, deadlineNanos);
                }
                case SAME_AS -> {
                    remember(r);
                    yield follow(order, r, deadlineNanos);
                }
                case CONFLICT -> {
                    remember(r);
                    yield done(new SendAnswer.Conflict(r.message()));
                }
                case REFUSED -> done(new SendAnswer.Refused(r.message(), r.code(), r.reason()));
            };
            // Ids are random: another's reply under ours is a broken promise of its writer, and no answer to us.
            case CommandReply _,PacingReply _ -> done(new SendAnswer.Undecided(request.message()));
        };
    }

    /** A message of long ago may be at hand nowhere else. */
    private void remember(RequestReply reply) {
        MessageStatusRecord status = reply.status();
        if (status != null) {
            statuses.accepted(status);
        }
    }

    private CompletionStage<SendAnswer> follow(SendOrder order, RequestReply reply, long deadlineNanos) {
        if (isNotWaitedFor(order)) {
            return done(kept(reply, Optional.empty()));
        }
        Optional<CompletableFuture<Optional<MessageStatusRecord>>> outcome = outcomes.await(reply.message(),
                deadlineNanos);
        // Looked at only after the wait began: the status may have come between.
        boolean isFinal = latest(reply).filter(s -> s.status().isFinal()).isPresent();
        return isFinal || outcome.isEmpty()
                ? done(kept(reply, Optional.empty()))
                : outcome.get().thenApply(told -> kept(reply, told));
    }

    private SendAnswer kept(RequestReply reply, Optional<MessageStatusRecord> told) {
        return kept(reply.message(), reply.result() == Reply.RequestResult.SAME_AS, told.or(() -> latest(reply)));
    }

    /** A final status that is at hand may have moved on since the outbox decided; any other is behind what it said then. */
    private Optional<MessageStatusRecord> latest(RequestReply reply) {
        Optional<MessageStatusRecord> known = statuses.find(reply.message());
        return known.filter(s -> s.status().isFinal()).or(() -> Optional.ofNullable(reply.status())).or(() -> known);
    }

    /** Nobody waits for what is to be sent later. */
    private boolean isNotWaitedFor(SendOrder order) {
        return order.respondAsync() || order.times().isLaterThan(clocks.now().plus(limits.patience));
    }

    private static SendAnswer refused(Publication publication) {
        return publication == Publication.TOO_LARGE ? new SendAnswer.TooLarge() : new SendAnswer.NotWritten();
    }

    private SendAnswer unconfirmed(MessageId message) {
        Optional<MessageStatusRecord> told = statuses.find(message);
        return told.isPresent() ? kept(message, false, told) : new SendAnswer.Unconfirmed(message);
    }

    /** What was told while waiting, else what is known by now, else that it is queued. */
    private SendAnswer kept(MessageId message, boolean duplicate, Optional<MessageStatusRecord> told) {
        return told.or(() -> statuses.find(message))
                .map(s -> new SendAnswer.Kept(message, s.status(), duplicate, s.reason()))
                .orElseGet(() -> new SendAnswer.Kept(message, MessageStatus.QUEUED, duplicate, null));
    }

    private static CompletionStage<SendAnswer> done(SendAnswer answer) {
        return CompletableFuture.completedStage(answer);
    }
}
