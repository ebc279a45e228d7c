package io.wafleet.worker.session;

/** What a connection attempt is for. */
enum Aim {
    /** To log in with the credentials there are. */
    LOG_IN,
    /** To log in for the first time, right after the scan. */
    FINISH_PAIRING,
    /** To be paired by a QR. */
    SHOW_QR,
    /** To be paired by a code that is typed in. */
    SHOW_CODE;

    boolean isPairing() {
        return switch (this) {
            case LOG_IN, FINISH_PAIRING -> false;
            case SHOW_QR, SHOW_CODE -> true;
        };
    }

    /** Whether a person stands there with a phone, and WhatsApp waits for this one. */
    boolean isUrgent() {
        return this != LOG_IN;
    }

    /** What the next attempt is for when this one failed: only the first login after a scan is a special one. */
    Aim again() {
        return this == FINISH_PAIRING ? LOG_IN : this;
    }
}
