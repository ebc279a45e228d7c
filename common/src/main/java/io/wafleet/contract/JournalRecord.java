package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the next owner of a partition must know to take over. Latest for each {@link JournalKey}; a null value deletes. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = JournalRecord.PartitionState.class, name = "partition-state"),
    @JsonSubTypes.Type(value = JournalRecord.OwnerClaim.class, name = "owner-claim"),
    @JsonSubTypes.Type(value = JournalRecord.AccountState.class, name = "account-state"),
    @JsonSubTypes.Type(value = JournalRecord.Credential.class, name = "credential")})
public sealed interface JournalRecord extends Versioned {

    /**
     * Where the owner is. Part of every transaction that an owner writes for the partition.
     *
     * @param position offset of the next command to read
     * @param sequence counts the owner's batches, so that after an unknown commit the owner can see whether it happened
     */
    record PartitionState(Epoch epoch, WorkerId worker, long position, long sequence) implements JournalRecord {}

    /** A producer that may write for this partition, and must be fenced by the next owner. Tombstoned by whoever fenced it. */
    record OwnerClaim(TransactionalId transactionalId, WorkerId worker, Epoch epoch,
            Instant at) implements JournalRecord {}

    /**
     * An account: what it is, what it should be, and where its session stands.
     *
     * @param code WhatsApp's close code behind the status; null when there was none
     * @param since when the status began
     * @param connectedSince when it was last seen to connect; null when never
     * @param pairingEndsAt end of the open QR window; null when no pairing is under way
     * @param lastCommand the last account command applied; null before the first
     */
    record AccountState(AccountId account, PhoneNumber phone, @Nullable String name, DesiredState desired,
            AccountStatus status, @Nullable String reason, @Nullable Integer code, boolean requiresQr,
            Instant createdAt,
            Instant since, @Nullable Instant connectedSince, @Nullable Instant pairingEndsAt,
            @Nullable CommandId lastCommand) implements JournalRecord {}

    /**
     * One part of an account's credentials.
     *
     * @param sealed the encrypted part, in Base64; account and key are bound to it as associated data
     */
    record Credential(AccountId account, String key, String sealed) implements JournalRecord {
        /** The sealed part is secret, and a connector's key may hold a phone number. */
        @Override
        public String toString() {
            return "Credential[" + account + ", " + JournalKey.Credential.withoutNumbers(key) + ", " + sealed.length()
                    + " characters]";
        }
    }
}
