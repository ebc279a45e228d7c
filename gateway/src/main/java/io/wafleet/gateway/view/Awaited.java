package io.wafleet.gateway.view;

import io.wafleet.contract.AccountStatusRecord;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an account waits for.
 *
 * @param until when waiting ends at the latest; null when nothing but the thing itself ends it
 */
public record Awaited(What what, @Nullable Instant until) {

    /** Who or what moves it on. */
    public enum What {
        /** A worker that acts for it. */
        OWNER,
        /** The time of the next connection attempt. */
        NEXT_ATTEMPT,
        /** Its turn to connect, or WhatsApp's answer. */
        CONNECTION,
        /** A scan of its QR, or its code typed into the phone. */
        PAIRING,
        /** A person's decision: nothing happens by itself. */
        PERSON;

        /** Such as {@code next_attempt}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Empty when it waits for nothing: it is connected, or deleted. */
    static Optional<Awaited> of(AccountStanding standing) {
        AccountStatusRecord record = standing.record();
        AccountStatusRecord.Qr qr = standing.qr();
        AccountStatusRecord.PairingCode code = standing.pairingCode();
        return Optional.ofNullable(switch (standing.status()) {
            case CONNECTED, DELETED -> null;
            case DISCONNECTED, NEEDS_QR, CONFLICT -> new Awaited(What.PERSON, null);
            case QR_READY -> new Awaited(What.PAIRING, qr == null ? null : qr.windowEndsAt());
            case PAIRING_CODE_READY -> new Awaited(What.PAIRING, code == null ? null : code.windowEndsAt());
            case CONNECTING -> new Awaited(What.CONNECTION, null);
            case RECONNECTING -> {
                if (standing.owner() == null) {
                    yield new Awaited(What.OWNER, null);
                }
                Instant next = record.nextAttemptAt();
                yield next == null ? new Awaited(What.CONNECTION, null) : new Awaited(What.NEXT_ATTEMPT, next);
            }
        });
    }
}
