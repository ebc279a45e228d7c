package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.gateway.desk.Clocks;
import io.wafleet.gateway.desk.MessageDesk;
import io.wafleet.gateway.request.Recipients;
import io.wafleet.gateway.request.SendAnswer;
import io.wafleet.gateway.request.SendOrder;
import io.wafleet.gateway.request.SendTimes;
import io.wafleet.gateway.view.AccountView;
import io.wafleet.gateway.view.Fleet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Accepts messages, and says where they stand. */
final class MessageEndpoints {
    private static final String RESPOND_ASYNC = "respond-async";

    private final EventLoop loop;
    private final Fleet fleet;
    private final MessageDesk desk;
    private final MessageDesk.Statuses statuses;
    private final BooleanSupplier isHistoryRead;
    private final Recipients recipients;
    private final ContentReader contents;
    private final Clocks clocks;

    /**
     * @param isHistoryRead whether the statuses of older messages are known yet
     */
    MessageEndpoints(EventLoop loop, Fleet fleet, MessageDesk desk, MessageDesk.Statuses statuses,
            BooleanSupplier isHistoryRead, Recipients recipients, ContentReader contents, Clocks clocks) {
        this.loop = loop;
        this.fleet = fleet;
        this.desk = desk;
        this.statuses = statuses;
        this.isHistoryRead = isHistoryRead;
        this.recipients = recipients;
        this.clocks = clocks;
        this.contents = contents;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("sendMessage", this::send, "messageStatus", Endpoint.now(this::status));
    }

    private Future<Answer> send(RoutingContext context) {
        SendOrder order = order(Endpoint.body(context),
                Optional.ofNullable(context.request().getHeader("Idempotency-Key")), prefersAsync(context));
        return loop.resume(desk.send(order))
                .compose(end -> answer(end, order.respondAsync()));
    }

    /**
     * Reads what is to be sent.
     *
     * @param body as the contract's rules have it
     */
    SendOrder order(JsonObject body, Optional<String> idempotencyKey, boolean respondAsync) {
        NearMisses.check(body);
        AccountId account = GivenIds.account("accountId", Endpoint.requiredText(body, "accountId"));
        Chat chat = recipients.parse(Endpoint.requiredText(body, "to")).orElseThrow(() -> Problem.invalid(
                "to: must be a possible phone number, or the JID of a person, group or LID; broadcasts, status and channels cannot be written to"));
        Content content = contents.read(body);
        if (fleet.accounts().find(account).filter(AccountView::isListed).isEmpty()) {
            throw Problem.unknownAccount();
        }
        return new SendOrder(account, chat, content, times(body, idempotencyKey.isPresent()), idempotencyKey,
                respondAsync);
    }

    private SendTimes times(JsonObject body, boolean repeatable) {
        try {
            return SendTimes.read(Endpoint.text(body, "sendAt"), Endpoint.text(body, "expiresAt"), clocks.now(),
                    repeatable);
        } catch (SendTimes.BrokenRule e) {
            throw Problem.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static boolean prefersAsync(RoutingContext context) {
        return context.request().headers().getAll("Prefer").stream().flatMap(p -> Arrays.stream(p.split("[,;]")))
                .anyMatch(p -> p.strip().equalsIgnoreCase(RESPOND_ASYNC));
    }

    private static Future<Answer> answer(SendAnswer end, boolean async) {
        return end instanceof SendAnswer.Kept kept
                ? Future.succeededFuture(Answer.json(async ? acceptedStatus(kept) : 200, kept(kept)))
                : Future.failedFuture(problem(end));
    }

    /** 202 promises that it will be sent; one that ended unsent, an earlier request's, is only told of. */
    static int acceptedStatus(SendAnswer.Kept kept) {
        return hasEndedUnsent(kept) ? 200 : 202;
    }

    /** Whether it failed, expired or was cancelled. */
    static boolean hasEndedUnsent(SendAnswer.Kept kept) {
        return kept.status().isFinal() && !kept.status().isSentOrLater();
    }

    /** Why nothing is kept, or nobody knows whether it is. */
    static Problem problem(SendAnswer end) {
        return switch (end) {
            case SendAnswer.Kept kept -> throw new IllegalArgumentException("kept: " + kept.message());
            case SendAnswer.Full _ -> Problem.queueFull();
            case SendAnswer.Passive _ -> Problem.passive();
            case SendAnswer.Conflict c -> Problem.of(422, "idempotency_conflict",
                    "Idempotency-Key: was used for another request").with("messageId", c.first().value());
            case SendAnswer.Refused r -> refused(r).with("messageId", r.message().value());
            case SendAnswer.Undecided u -> Problem.unavailable("undecided",
                    "The outbox did not decide in time; repeating the request with the same Idempotency-Key is safe")
                    .with("messageId", u.message().value());
            case SendAnswer.Busy _ -> CommandAnswers.busy();
            case SendAnswer.NotWritten _ -> CommandAnswers.notWritten();
            case SendAnswer.TooLarge _ -> Problem.of(413, "message_too_large",
                    "The message is larger than Kafka takes; nothing was accepted");
            case SendAnswer.Unconfirmed u -> Problem.unknown("kafka_unconfirmed",
                    "Kafka did not confirm in time; the message may have been accepted, ask for its status before repeating it")
                    .with("messageId", u.message().value());
        };
    }

    private static Problem refused(SendAnswer.Refused refused) {
        String code = refused.code() == null ? "refused" : refused.code();
        return switch (code) {
            case "queue_full" -> Problem.queueFull();
            case "send_at_too_far" -> Problem.of(400, code, "sendAt: is too far ahead by the outbox's clock");
            default -> Problem.of(409, code,
                    refused.reason() == null ? "The outbox refused the message" : refused.reason());
        };
    }

    /** What is told of a message that is kept. */
    static Map<String, Object> kept(SendAnswer.Kept kept) {
        boolean isSent = kept.status().isSentOrLater();
        boolean hasEnded = hasEndedUnsent(kept);
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
        return body;
    }

    private Answer status(RoutingContext context) {
        MessageStatusRecord told = statuses.find(GivenIds.message(context)).orElseThrow(() -> isHistoryRead
                .getAsBoolean()
                        ? Problem.of(404, "message_unknown",
                                "No status is known for this message: it was never accepted, was just now, or is long past")
                        : Problem.unavailable("starting", "The gateway still reads the statuses of older messages"));
        Map<String, @Nullable Object> body = Answer.fields("success", true);
        body.putAll(MessageJson.of(told));
        return Answer.json(200, body);
    }
}
