package io.wafleet.worker.session;

/** Why a status is what it is, or why an order was refused, beyond what a {@link CloseMeaning} says. */
final class Reasons {
    static final String TAKEN_OVER = "taken_over";
    static final String CONNECT_TIMEOUT = "connect_timeout";
    static final String QR_EXPIRED = "qr_expired";
    static final String QR_WINDOW_OVER = "qr_window_over";
    static final String PAIRED = "paired";
    static final String CREDENTIALS_MISSING = "credentials_missing";
    static final String CREDENTIALS_UNREADABLE = "credentials_unreadable";
    static final String JOURNAL_UNREADABLE = "journal_unreadable";
    static final String USER_DISCONNECT = "user_disconnect";
    static final String USER_RECONNECT = "user_reconnect";
    static final String USER_DELETE = "user_delete";
    /** Also the code of a refused order. */
    static final String PHONE_MISMATCH = "phone_mismatch";

    static final String NOT_CONNECTED = "not_connected";
    static final String CONNECTION_CLOSED = "connection_closed";
    static final String ACK_TIMEOUT = "ack_timeout";
    /** One of two writings of the message was refused, and WhatsApp does not say which. */
    static final String REFUSED_ONCE = "refused_once";
    static final String OWNER_CHANGED = "owner_changed";
    static final String SUPERSEDED = "superseded";

    private Reasons() {}
}
