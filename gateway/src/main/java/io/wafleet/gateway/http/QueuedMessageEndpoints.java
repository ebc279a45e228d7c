package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Reply.RequestReply;
import io.wafleet.contract.Reply.RequestResult;
import io.wafleet.gateway.desk.MessageDesk;
import io.wafleet.gateway.desk.OutboxDesk;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Cancels, retries and discards: what people do about a message that was accepted. The outbox decides, no owner is needed
 * ({@code docs/adr/0018-asking-the-outbox.md}).
 */
final class QueuedMessageEndpoints {
    private final EventLoop loop;
    private final OutboxDesk desk;
    private final MessageDesk.Statuses statuses;
    private final BooleanSupplier isHistoryRead;

    /**
     * @param isHistoryRead whether the statuses of older messages are known yet
     */
    QueuedMessageEndpoints(EventLoop loop, OutboxDesk desk, MessageDesk.Statuses statuses,
            BooleanSupplier isHistoryRead) {
        this.loop = loop;
        this.desk = desk;
        this.statuses = statuses;
        this.isHistoryRead = isHistoryRead;
    }

    /** What is asked about a message. */
    @FunctionalInterface
    private interface About {
        OutboxRequest request(CommandId id, AccountId account, MessageId message, Instant at);
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("cancelMessage", c -> ask(c, OutboxRequest.Cancel::new, MessageStatus.CANCELLED), "retryMessage",
                c -> ask(c, OutboxRequest.Retry::new, MessageStatus.QUEUED), "discardMessage",
                c -> ask(c, OutboxRequest.Discard::new, MessageStatus.FAILED));
    }

    private Future<Answer> ask(RoutingContext context, About about, MessageStatus then) {
        MessageId message = GivenIds.message(context);
        AccountId account = account(context, message);
        return loop.resume(desk.ask(account, (id, at) -> about.request(id, account, message, at)))
                .compose(end -> OutboxAnswers.told(end, RequestReply.class)).map(reply -> {
                    if (reply.result() == RequestResult.REFUSED) {
                        throw refused(reply);
                    }
                    return Answer.success("messageId", message.value(), "accountId", account.value(), "status",
                            then.wire());
                });
    }

    /** Whose message it is: the outbox must be asked in its account's partition. */
    private AccountId account(RoutingContext context, MessageId message) {
        String said = Endpoint.query(context, "accountId");
        if (said != null) {
            return GivenIds.account("accountId", said);
        }
        return statuses.find(message).orElseThrow(() -> isHistoryRead.getAsBoolean()
                ? Problem.of(404, "message_unknown",
                        "No status is known here for this message; if it was accepted just now or long ago, name its accountId")
                : Problem.unavailable("starting", "The gateway still reads the statuses of older messages")).account();
    }

    private static Problem refused(RequestReply reply) {
        String code = reply.code() == null ? "refused" : reply.code();
        String reason = reply.reason() == null ? "The outbox refused" : reply.reason();
        Problem problem = switch (code) {
            case "message_unknown" -> Problem.of(404, code, "Message not found");
            case "queue_full" -> Problem.queueFull();
            default -> Problem.of(409, code, reason);
        };
        return problem.with("messageId", reply.message().value());
    }
}
