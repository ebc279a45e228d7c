package io.wafleet.worker.session;

/** The deadlines of a session; of each kind at most one is set. */
public enum SessionTimer {
    /** No QR and no open within this: the attempt failed. */
    CONNECT,
    /** Nobody scanned within this: the pairing is given up. */
    QR_WINDOW,
    /** The next connection attempt. */
    RECONNECT,
    /** Open this long: the attempt counter starts anew. */
    STABLE,
    /** The oldest unanswered send gets outcome unknown. */
    SEND_ACK
}
