package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.PhoneNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account that waits to be linked.
 *
 * @param account what its client calls itself
 * @param qr that can be scanned now; null when it asked for a code and the last QR is over
 * @param expiresAt when the QR is over
 * @param code that can be typed; null unless it asked for one
 * @param codePhone on which
 * @param connection number of its connection
 */
public record PairingView(String account, @Nullable String qr, Instant expiresAt, @Nullable String code,
        @Nullable PhoneNumber codePhone, long connection) {
    /** A QR or a code links a device: logs show only whose it is. */
    @Override
    public String toString() {
        return "PairingView[" + account + "]";
    }
}
