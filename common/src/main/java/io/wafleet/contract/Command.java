package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An order to the owner of an account, on the topic whose partitions are the lock. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = Command.LinkAccount.class, name = "link-account"),
    @JsonSubTypes.Type(value = Command.RegenerateQr.class, name = "regenerate-qr"),
    @JsonSubTypes.Type(value = Command.RequestPairingCode.class, name = "request-pairing-code"),
    @JsonSubTypes.Type(value = Command.DisconnectAccount.class, name = "disconnect-account"),
    @JsonSubTypes.Type(value = Command.ReconnectAccount.class, name = "reconnect-account"),
    @JsonSubTypes.Type(value = Command.RenameAccount.class, name = "rename-account"),
    @JsonSubTypes.Type(value = Command.DeleteAccount.class, name = "delete-account"),
    @JsonSubTypes.Type(value = Command.Dispatch.class, name = "dispatch")})
public sealed interface Command extends Versioned {
    AccountId account();

    /** A person's order for an account. It is applied once, in one transaction with its journal record, and ends in a reply. */
    sealed interface AccountCommand extends Command {
        CommandId id();

        /** When the gateway accepted it, by its clock: for people, nothing is decided by it. */
        Instant issuedAt();

        /** Of the owner that it is meant for: the one that the gateway saw alive. Every other answers {@code expired} and does nothing. */
        Epoch epoch();
    }

    /**
     * Adds an account, or finds it when it is known; starts a pairing unless it is linked.
     *
     * @param name what people call it; null keeps the name it has
     */
    record LinkAccount(CommandId id, AccountId account, Instant issuedAt, Epoch epoch, PhoneNumber phone,
            @Nullable String name) implements AccountCommand {}

    /**
     * Asks for a QR that can be scanned.
     *
     * @param force also while connected: unlinks and pairs anew
     */
    record RegenerateQr(CommandId id, AccountId account, Instant issuedAt, Epoch epoch, boolean force)
            implements
                AccountCommand {}

    /** Asks for a code to type into the phone instead of a QR. */
    record RequestPairingCode(CommandId id, AccountId account, Instant issuedAt, Epoch epoch)
            implements
                AccountCommand {}

    /** Closes the connection and keeps it closed; credentials stay. */
    record DisconnectAccount(CommandId id, AccountId account, Instant issuedAt,
            Epoch epoch) implements AccountCommand {}

    /** Wants the account connected, and tries at once. */
    record ReconnectAccount(CommandId id, AccountId account, Instant issuedAt,
            Epoch epoch) implements AccountCommand {}

    /**
     * Changes what people call the account.
     *
     * @param name 1 to 100 characters
     */
    record RenameAccount(CommandId id, AccountId account, Instant issuedAt, Epoch epoch, String name)
            implements
                AccountCommand {}

    /** Logs out at WhatsApp when it can, clears the credentials; conversations stay. */
    record DeleteAccount(CommandId id, AccountId account, Instant issuedAt,
            Epoch epoch) implements AccountCommand {}

    /**
     * One attempt to send a message, ordered by the outbox. An owner executes only those of its own epoch and drops the others.
     *
     * @param message the WhatsApp id, the same for each attempt
     * @param attempt 1 or more
     * @param epoch of the claim that it is meant for
     */
    record Dispatch(AccountId account, MessageId message, Chat chat, Content content, int attempt, Epoch epoch,
            Instant at)
            implements
                Command {}
}
