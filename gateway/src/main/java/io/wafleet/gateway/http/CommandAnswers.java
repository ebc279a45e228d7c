package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.wafleet.contract.Reply.CommandReply;
import io.wafleet.gateway.request.CommandAnswer;
import org.jspecify.annotations.Nullable;

/** What a command's end means in HTTP. */
final class CommandAnswers {
    private CommandAnswers() {}

    /** The reply of a command that was applied; for every other end a problem. */
    static Future<CommandReply> applied(CommandAnswer end) {
        return switch (end) {
            case CommandAnswer.Applied a -> Future.succeededFuture(a.reply());
            case CommandAnswer.Refused r -> Future.failedFuture(refused(r.reply()));
            case CommandAnswer.Passive _ -> Future.failedFuture(Problem.passive());
            case CommandAnswer.Busy _ -> Future.failedFuture(busy());
            case CommandAnswer.NotWritten _ -> Future.failedFuture(notWritten());
            case CommandAnswer.Unconfirmed u -> Future.failedFuture(Problem.unknown("kafka_unconfirmed",
                    "Kafka did not confirm in time; it is not known whether the command was or will be applied, look at the"
                            + " account before repeating it")
                    .with("commandId", u.id().value()));
            case CommandAnswer.Unanswered u -> Future.failedFuture(Problem.unknown("no_reply",
                    "The account's owner did not answer in time; it is not known whether the command was or will be applied,"
                            + " look at the account before repeating it")
                    .with("commandId", u.id().value()));
        };
    }

    static Problem busy() {
        return Problem.unavailable("busy",
                "Too many requests wait for an answer; nothing was changed, repeat the request");
    }

    static Problem notWritten() {
        return Problem.unavailable("kafka_unavailable",
                "Kafka cannot be reached; nothing was changed, repeat the request");
    }

    private static Problem refused(CommandReply reply) {
        @Nullable
        String code = reply.code();
        @Nullable
        String reason = reply.reason();
        Problem problem = switch (code == null ? "" : code) {
            case "lease_lost" -> Problem.passive();
            case "account_unknown" -> Problem.unknownAccount();
            case "deleted" -> Problem.of(404, "account_deleted", reason == null ? "The account is deleted" : reason);
            case "" -> Problem.of(409, "refused", reason == null ? "The account's owner refused" : reason);
            default -> Problem.of(409, String.valueOf(code), reason == null ? String.valueOf(code) : reason);
        };
        return reply.status() == null ? problem : problem.with("status", reply.status().wire());
    }
}
