package io.wafleet.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.WorkerId;
import io.wafleet.gateway.view.AccountStanding;
import io.wafleet.gateway.view.Awaited;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An account as clients see it; the names are those that clients of the service before this one know, and ours beside them. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record AccountJson(String id, @Nullable String name, String phone, AccountStatus status, DesiredState desired,
        @Nullable String reason,
        @Nullable Integer closeCode, Instant since, boolean requiresQR, @Nullable Instant nextAttemptAt,
        @Nullable String waitingFor, @Nullable Instant waitingUntil,
        @Nullable WorkerId owner, long epoch, @Nullable CommandId lastCommand, @Nullable String qrCode,
        @Nullable String pairingCode, Instant createdAt, Instant lastUpdate) {

    /** Draws the QR, if one stands: not on the event loop. */
    static AccountJson of(AccountStanding standing, QrCodes codes) {
        AccountStatusRecord record = standing.record();
        AccountStatusRecord.Qr qr = standing.qr();
        AccountStatusRecord.PairingCode code = standing.pairingCode();
        boolean isAsTold = standing.status() == record.status()
                && Objects.equals(standing.reason(), record.reason());
        return new AccountJson(record.account().value(), record.name(), record.phone().e164(), standing.status(),
                record.desired(), standing.reason(), isAsTold ? record.code() : null, standing.since(),
                record.requiresQr(),
                isAsTold ? record.nextAttemptAt() : null, standing.awaited().map(a -> a.what().word()).orElse(null),
                standing.awaited().map(Awaited::until).orElse(null), standing.owner(), record.epoch().value(),
                record.lastCommand(), qr == null ? null : codes.draw(qr.text()).dataUrl(),
                code == null ? null : code.code(), record.createdAt(), record.updatedAt());
    }
}
