package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.gateway.desk.MessageDesk;
import io.wafleet.gateway.request.Recipients;
import io.wafleet.gateway.request.SendAnswer;
import io.wafleet.gateway.request.SendOrder;
import io.wafleet.gateway.view.AccountView;
import io.wafleet.gateway.view.Fleet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Accepts messages, and says where they stand. */
final class MessageEndpoints {
    private static final String RESPOND_ASYNC = "respond-async";

    private final EventLoop loop;
    private final Fleet fleet;
    private final MessageDesk desk;
    private final MessageDesk.Statuses statuses;
    private final BooleanSupplier isHistoryRead;
    private final Recipients recipients;

    /**
     * @param isHistoryRead whether the statuses of older messages are known yet
     */
    MessageEndpoints(EventLoop loop, Fleet fleet, MessageDesk desk, MessageDesk.Statuses statuses,
            BooleanSupplier isHistoryRead, Recipients recipients) {
        this.loop = loop;
        this.fleet = fleet;
        this.desk = desk;
        this.statuses = statuses;
        this.isHistoryRead = isHistoryRead;
        this.recipients = recipients;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("sendMessage", this::send, "messageStatus", Endpoint.now(this::status));
    }

    private Future<Answer> send(RoutingContext context) {
        SendOrder order = order(context);
        return loop.resume(desk.send(order))
                .compose(end -> answer(end, order.respondAsync()));
    }

    private SendOrder order(RoutingContext context) {
        AccountId account = new AccountId(Endpoint.requiredText(context, "accountId"));
        Chat chat = recipients.parse(Endpoint.requiredText(context, "to")).orElseThrow(() -> Problem.invalid(
                "to: must be a possible phone number, or the JID of a person, group or LID"));
        String text = Endpoint.requiredText(context, "message");
        if (text.length() > Content.Text.MAX_LENGTH) {
            throw Problem.invalid("message: must have at most " + Content.Text.MAX_LENGTH + " characters");
        }
        if (fleet.accounts().find(account).filter(AccountView::isListed).isEmpty()) {
            throw Problem.unknownAccount();
        }
        return new SendOrder(account, chat, new Content.Text(text),
                Optional.ofNullable(context.request().getHeader("Idempotency-Key")), prefersAsync(context));
    }

    private static boolean prefersAsync(RoutingContext context) {
        return context.request().headers().getAll("Prefer").stream().flatMap(p -> Arrays.stream(p.split("[,;]")))
                .anyMatch(p -> p.strip().equalsIgnoreCase(RESPOND_ASYNC));
    }

    private static Future<Answer> answer(SendAnswer end, boolean async) {
        return switch (end) {
            case SendAnswer.Kept kept -> Future.succeededFuture(kept(kept, async));
            case SendAnswer.Passive _ -> Future.failedFuture(Problem.passive());
            case SendAnswer.Conflict c -> Future.failedFuture(Problem.of(422, "idempotency_conflict",
                    "Idempotency-Key: was used for another request").with("messageId", c.first().value()));
            case SendAnswer.Refused r -> Future.failedFuture(Problem.of(409, r.code() == null ? "refused" : r.code(),
                    r.reason() == null ? "The outbox refused the message" : r.reason())
                    .with("messageId", r.message().value()));
            case SendAnswer.Undecided u -> Future.failedFuture(Problem.unavailable("undecided",
                    "The outbox did not decide in time; repeating the request with the same Idempotency-Key is safe")
                    .with("messageId", u.message().value()));
            case SendAnswer.Busy _ -> Future.failedFuture(CommandAnswers.busy());
            case SendAnswer.NotWritten _ -> Future.failedFuture(CommandAnswers.notWritten());
            case SendAnswer.Unconfirmed u -> Future.failedFuture(Problem.unknown("kafka_unconfirmed",
                    "Kafka did not confirm in time; the message may have been accepted, ask for its status before repeating it")
                    .with("messageId", u.message().value()));
        };
    }

    private static Answer kept(SendAnswer.Kept kept, boolean async) {
        boolean isSent = kept.status().isSentOrLater();
        boolean hasEnded = kept.status().isFinal() && !isSent;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("success", !hasEnded);
        if (!isSent) {
            body.put("queued", !hasEnded);
        }
        if (kept.duplicate()) {
            body.put("duplicate", true);
        }
        body.put("messageId", kept.message().value());
        // A receipt may be faster than the answer; who waits for "sent" must not miss it for that.
        body.put("status", (isSent ? MessageStatus.SENT : kept.status()).wire());
        if (hasEnded && kept.reason() != null) {
            body.put("reason", kept.reason());
        }
        return Answer.json(async ? 202 : 200, body);
    }

    private Answer status(RoutingContext context) {
        MessageStatusRecord told = statuses.find(new MessageId(Endpoint.id(context))).orElseThrow(() -> isHistoryRead
                .getAsBoolean()
                        ? Problem.of(404, "message_unknown",
                                "No status is known for this message: it was never accepted, was just now, or is long past")
                        : Problem.unavailable("starting", "The gateway still reads the statuses of older messages"));
        return Answer.success("messageId", told.message().value(), "accountId", told.account().value(), "to",
                told.chat().jid(), "status", told.status().wire(), "attempts", told.attempts(), "reason",
                told.reason(), "acceptedAt", told.acceptedAt(),
                "updatedAt", told.updatedAt(), "nextAttemptAt", told.nextAttemptAt(), "sentAt", told.sentAt(),
                "deliveredAt", told.deliveredAt(), "readAt", told.readAt());
    }
}
