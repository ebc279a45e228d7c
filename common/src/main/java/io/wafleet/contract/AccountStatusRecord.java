package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest truth about an account, on the changelog {@code account-status}.
 *
 * @param worker the owner that said so
 * @param epoch of the claim under which it was said
 * @param since when the status began
 * @param updatedAt when this record was last changed
 * @param qr the QR that stands; null unless the status is {@code qr_ready}
 * @param pairingCode the code that stands; null unless the status is {@code pairing_code_ready}
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonTypeName("account-status")
public record AccountStatusRecord(AccountId account, PhoneNumber phone, @Nullable String name, DesiredState desired,
        AccountStatus status, @Nullable String reason, @Nullable Integer code, boolean requiresQr, WorkerId worker,
        Epoch epoch, Instant since, Instant updatedAt, @Nullable Instant nextAttemptAt, Instant createdAt,
        @Nullable CommandId lastCommand, @Nullable Qr qr, @Nullable PairingCode pairingCode) implements Versioned {

    /** A QR to draw. */
    public record Qr(String text, Instant issuedAt, Instant expiresAt, Instant windowEndsAt) {
        @Override
        public String toString() {
            return "Qr[issued " + issuedAt + "]";
        }
    }

    /** A code to type into the phone. */
    public record PairingCode(String code, Instant issuedAt, Instant windowEndsAt) {
        @Override
        public String toString() {
            return "PairingCode[issued " + issuedAt + "]";
        }
    }
}
