package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a gateway asks of the outbox. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = OutboxRequest.Send.class, name = "send"),
    @JsonSubTypes.Type(value = OutboxRequest.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = OutboxRequest.Retry.class, name = "retry"),
    @JsonSubTypes.Type(value = OutboxRequest.Discard.class, name = "discard"),
    @JsonSubTypes.Type(value = OutboxRequest.SetPacing.class, name = "set-pacing"),
    @JsonSubTypes.Type(value = OutboxRequest.ClearPacing.class, name = "clear-pacing"),
    @JsonSubTypes.Type(value = OutboxRequest.TellPacing.class, name = "tell-pacing")})
public sealed interface OutboxRequest extends Versioned {
    /** Names the request in its reply. */
    CommandId id();

    AccountId account();

    /** About one message; answered with a {@link Reply.RequestReply}. */
    sealed interface MessageRequest extends OutboxRequest {
        MessageId message();
    }

    /** About how fast an account sends; answered with a {@link Reply.PacingReply}. */
    sealed interface PacingRequest extends OutboxRequest {}

    /**
     * Accepts a message.
     *
     * @param message chosen by the gateway for this request; a keyed request that repeats another is answered with the other's
     * @param chat canonical, made once at the gateway
     * @param idempotencyKey the client's {@code Idempotency-Key}; null when it gave none
     * @param fingerprint hash of what was asked, to tell a repetition from another request under the same key; null without key
     * @param acceptedAt by the gateway's clock; a chat's order is by the later of this and {@code sendAt}
     * @param sendAt not before this; null: at once
     * @param expiresAt not after this; null: the default
     */
    record Send(CommandId id, AccountId account, MessageId message, Chat chat, Content content,
            @Nullable String idempotencyKey, @Nullable String fingerprint, Instant acceptedAt, @Nullable Instant sendAt,
            @Nullable Instant expiresAt) implements MessageRequest {}

    /** Takes a message back, if no attempt is out. */
    record Cancel(CommandId id, AccountId account, MessageId message, Instant at) implements MessageRequest {}

    /** Puts a failed message into its queue again, under the same WhatsApp id. */
    record Retry(CommandId id, AccountId account, MessageId message, Instant at) implements MessageRequest {}

    /** Forgets what a failed message said: it stays failed, and can be tried again no more. */
    record Discard(CommandId id, AccountId account, MessageId message, Instant at) implements MessageRequest {}

    /** Gives the account a pacing of its own, until it is cleared or the account deleted. */
    record SetPacing(CommandId id, AccountId account, Pacing pacing, Instant at) implements PacingRequest {}

    /** Takes the account's own pacing away: the fleet's counts again. */
    record ClearPacing(CommandId id, AccountId account, Instant at) implements PacingRequest {}

    /** Asks for the pacing that counts. */
    record TellPacing(CommandId id, AccountId account, Instant at) implements PacingRequest {}
}
