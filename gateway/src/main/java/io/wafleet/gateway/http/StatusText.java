package io.wafleet.gateway.http;

import io.wafleet.contract.AccountStatus;
import io.wafleet.gateway.view.AccountStanding;
import org.jspecify.annotations.Nullable;

/** Says to people what an account's status means, and what they can do. Plain text. */
final class StatusText {
    private StatusText() {}

    /** Two or three words. */
    static String label(AccountStatus status) {
        return switch (status) {
            case CONNECTING -> "Connecting";
            case QR_READY -> "Scan the QR code";
            case PAIRING_CODE_READY -> "Type the code";
            case CONNECTED -> "Connected";
            case RECONNECTING -> "Reconnecting";
            case DISCONNECTED -> "Disconnected";
            case NEEDS_QR -> "Needs pairing";
            case CONFLICT -> "Conflict";
            case DELETED -> "Deleted";
        };
    }

    /** What it means for who looks at it. */
    static String meaning(AccountStanding standing) {
        return switch (standing.status()) {
            case CONNECTING -> "The account is being connected. This page follows by itself.";
            case QR_READY -> "Scan the code with the phone that has this WhatsApp account.";
            case PAIRING_CODE_READY -> "Type this code into the phone that has this WhatsApp account.";
            case CONNECTED -> "The account is linked and online. You can close this page.";
            case RECONNECTING -> standing.waitsForOwner()
                    ? "The worker that held this account is gone. Another one takes over by itself; no new scan is needed."
                    : "The connection was lost and is tried again by itself; no new scan is needed.";
            case DISCONNECTED -> "Somebody disconnected the account. It stays so until it is reconnected.";
            case NEEDS_QR -> needsQr(standing.reason()) + " Ask for a new QR code and scan it.";
            case CONFLICT -> "Another program keeps taking this connection. Stop it there, then reconnect the account.";
            case DELETED -> "The account was removed from the fleet.";
        };
    }

    private static String needsQr(@Nullable String reason) {
        return switch (reason == null ? "" : reason) {
            case "phone_mismatch" -> "The code was scanned by a phone with another number than this account's; it was"
                    + " refused and unlinked.";
            case "logged_out" -> "The phone, or WhatsApp, unlinked this account.";
            case "forbidden" -> "WhatsApp refuses this account; look at its phone whether it is banned.";
            case "qr_window_over" -> "Nobody scanned the code in time.";
            default -> "The account is not linked to a phone.";
        };
    }

    /** What an order to connect led to. */
    static String started(AccountStatus status, boolean requiresQr) {
        return switch (status) {
            case CONNECTED -> "Already connected";
            case QR_READY -> "QR code already available";
            case PAIRING_CODE_READY -> "Pairing code already available";
            case CONNECTING -> requiresQr ? "Pairing started" : "Connecting";
            case RECONNECTING -> "Reconnect started";
            case DISCONNECTED, NEEDS_QR, CONFLICT, DELETED -> label(status);
        };
    }

    /** For the colour of its chip: {@code good}, {@code busy}, {@code act} or {@code off}. */
    static String tone(AccountStatus status) {
        return switch (status) {
            case CONNECTED -> "good";
            case CONNECTING, RECONNECTING -> "busy";
            case QR_READY, PAIRING_CODE_READY, NEEDS_QR, CONFLICT -> "act";
            case DISCONNECTED, DELETED -> "off";
        };
    }
}
