package io.wafleet.gateway.view;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.WorkerId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of an account now: its changelog record, and that nothing in it needs a live connection which nobody is known
 * to hold.
 *
 * @param status the record's, or {@code reconnecting} while the record speaks of a connection and its owner is lost
 * @param reason the record's, or {@code owner_lost}
 * @param since when the status began
 * @param owner the worker whose word this still is; null when none lives, or the new one has not told yet
 */
public record AccountStanding(AccountStatusRecord record, AccountStatus status, @Nullable String reason, Instant since,
        @Nullable WorkerId owner) {
    /** The reason shown while no live owner vouches for a connection. */
    public static final String OWNER_LOST = "owner_lost";

    /** The standing of a record, given who owns its partition. */
    public static AccountStanding of(AccountStatusRecord record, Ownership ownership, Instant now, long nowNanos) {
        return switch (ownership) {
            case Ownership.Live live when live.epoch().equals(record.epoch()) -> asTold(record, live.worker());
            // Claimed anew: the new owner tells each account again, and until then nobody vouches for a connection.
            case Ownership.Live _ -> lost(record, now);
            case Ownership.None none -> lost(record, now.minus(Duration.ofNanos(nowNanos - none.sinceNanos())));
        };
    }

    private static AccountStanding lost(AccountStatusRecord record, Instant since) {
        return needsConnection(record.status())
                ? new AccountStanding(record, AccountStatus.RECONNECTING, OWNER_LOST,
                        since.isAfter(record.since()) ? since : record.since(), null)
                : asTold(record, null);
    }

    private static AccountStanding asTold(AccountStatusRecord record, @Nullable WorkerId owner) {
        return new AccountStanding(record, record.status(), record.reason(), record.since(), owner);
    }

    private static boolean needsConnection(AccountStatus status) {
        return switch (status) {
            case CONNECTED, CONNECTING, QR_READY, PAIRING_CODE_READY -> true;
            case RECONNECTING, DISCONNECTED, NEEDS_QR, CONFLICT, DELETED -> false;
        };
    }

    /** The QR that can be scanned now; null when none stands. */
    public AccountStatusRecord.@Nullable Qr qr() {
        return status == AccountStatus.QR_READY ? record.qr() : null;
    }

    /** The pairing code that can be typed in now; null when none stands. */
    public AccountStatusRecord.@Nullable PairingCode pairingCode() {
        return status == AccountStatus.PAIRING_CODE_READY ? record.pairingCode() : null;
    }

    /** Whether it should be connected and waits for a worker to take its partition. */
    public boolean waitsForOwner() {
        return OWNER_LOST.equals(reason);
    }
}
