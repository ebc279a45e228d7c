package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a command or request ended. Gateways wait for it; it may be told twice, always the same. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = Reply.CommandReply.class, name = "command-reply"),
    @JsonSubTypes.Type(value = Reply.RequestReply.class, name = "request-reply"),
    @JsonSubTypes.Type(value = Reply.PacingReply.class, name = "pacing-reply")})
public sealed interface Reply extends Versioned {
    /** Of the command or request. */
    CommandId id();

    AccountId account();

    Instant at();

    /** How an account command ended. */
    enum CommandResult {
        /** It is in the journal, and its effects follow. */
        @JsonProperty("applied")
        APPLIED,
        /** It changed nothing; the reason says why. */
        @JsonProperty("refused")
        REFUSED,
        /** It was meant for another owner than the one that read it; it changed nothing, and nobody will apply it any more. */
        @JsonProperty("expired")
        EXPIRED
    }

    /**
     * By the account's owner.
     *
     * @param code machine-readable reason, such as {@code account_unknown} or {@code already_connected}; {@code owner_changed} when
     *     expired; null when applied
     * @param reason for people; null when applied
     * @param status the account's status after the command; null when there is no such account
     */
    record CommandReply(CommandId id, AccountId account, Instant at, CommandResult result, @Nullable String code,
            @Nullable String reason, @Nullable AccountStatus status) implements Reply {}

    /** How an outbox request ended. */
    enum RequestResult {
        /** It will end in exactly one final status. */
        @JsonProperty("accepted")
        ACCEPTED,
        /** The same key and body were accepted before; {@code message} is that one. */
        @JsonProperty("same_as")
        SAME_AS,
        /** The same key was used with another body; {@code message} is that one. */
        @JsonProperty("conflict")
        CONFLICT,
        /** It changed nothing; the reason says why. */
        @JsonProperty("refused")
        REFUSED
    }

    /**
     * By the outbox.
     *
     * @param message the message that the request is about, or that it repeats
     * @param code machine-readable reason, such as {@code attempt_out} or {@code queue_full}; null when accepted
     * @param status where the message stands, when the request repeats it, or when it ended as soon as it was accepted; null otherwise, and
     *     from older releases
     */
    record RequestReply(CommandId id, AccountId account, Instant at, RequestResult result, MessageId message,
            @Nullable String code, @Nullable String reason, @Nullable MessageStatusRecord status) implements Reply {
        /** Without status. */
        public RequestReply(CommandId id, AccountId account, Instant at, RequestResult result, MessageId message,
                @Nullable String code, @Nullable String reason) {
            this(id, account, at, result, message, code, reason, null);
        }
    }

    /**
     * By the outbox: how fast the account sends from now on.
     *
     * @param pacing that counts
     * @param overridden whether it is the account's own; else it is the fleet's
     */
    record PacingReply(CommandId id, AccountId account, Instant at, Pacing pacing, boolean overridden)
            implements
                Reply {}
}
