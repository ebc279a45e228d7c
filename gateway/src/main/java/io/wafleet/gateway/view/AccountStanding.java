package io.wafleet.gateway.view;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.WorkerId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of an account now: its changelog record, and that nothing in it needs a live connection which nobody is known
 * to hold.
 *
 * @param status the record's, or {@code reconnecting} while the record speaks of a connection and its owner is lost
 * @param reason the record's, or {@code owner_lost}
 * @param since when the status began
 * @param owner the worker whose word this still is; null when none lives, or the new one has not told yet
 * @param waitsForOwner whether it should be connected, and nobody is known to act for its partition
 */
public record AccountStanding(AccountStatusRecord record, AccountStatus status, @Nullable String reason, Instant since,
        @Nullable WorkerId owner, boolean waitsForOwner) {
    private static final String HANDOVER = "handover";

    /** The reason shown while no live owner vouches for a connection. */
    public static final String OWNER_LOST = "owner_lost";

    /** The standing of a record, given who owns its partition. */
    public static AccountStanding of(AccountStatusRecord record, Ownership ownership, Instant now, long nowNanos) {
        return switch (ownership) {
            case Ownership.Live live when live.epoch().equals(record.epoch()) -> asTold(record, live.worker(), false);
            // Claimed anew: the new owner tells each account again, and until then nobody vouches for a connection.
            case Ownership.Live live -> lost(record, now.minusNanos(nowNanos - live.sinceNanos()), false);
            case Ownership.None none -> lost(record, now.minusNanos(nowNanos - none.sinceNanos()), true);
        };
    }

    private static AccountStanding lost(AccountStatusRecord record, Instant since, boolean waits) {
        if (!needsOwner(record.status())) {
            return asTold(record, null, false);
        }
        boolean isTold = record.status() == AccountStatus.RECONNECTING
                && (OWNER_LOST.equals(record.reason()) || HANDOVER.equals(record.reason()));
        return isTold
                ? asTold(record, null, waits)
                : new AccountStanding(record, AccountStatus.RECONNECTING, OWNER_LOST,
                        since.isAfter(record.since()) ? since : record.since(), null, waits);
    }

    private static AccountStanding asTold(AccountStatusRecord record, @Nullable WorkerId owner, boolean waits) {
        return new AccountStanding(record, record.status(), record.reason(), record.since(), owner, waits);
    }

    /** Whether it is connected, or should be: only an owner can make that true, and keep it so. */
    private static boolean needsOwner(AccountStatus status) {
        return switch (status) {
            case CONNECTED, CONNECTING, QR_READY, PAIRING_CODE_READY, RECONNECTING -> true;
            case DISCONNECTED, NEEDS_QR, CONFLICT, DELETED -> false;
        };
    }

    /** What it waits for; empty when for nothing. */
    public Optional<Awaited> awaited() {
        return Awaited.of(this);
    }

    /** The QR that can be scanned now; null when none stands. */
    public AccountStatusRecord.@Nullable Qr qr() {
        return status == AccountStatus.QR_READY ? record.qr() : null;
    }

    /** The pairing code that can be typed in now; null when none stands. */
    public AccountStatusRecord.@Nullable PairingCode pairingCode() {
        return status == AccountStatus.PAIRING_CODE_READY ? record.pairingCode() : null;
    }
}
