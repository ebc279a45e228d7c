package io.wafleet.worker.session;

import io.wafleet.worker.connector.ConnectionListener;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the end of a connection means, by WhatsApp's close code. Its {@link #reason()} is what people and metrics see. */
public enum CloseMeaning {
    LOGGED_OUT(401, Rule.TERMINAL), FORBIDDEN(403, Rule.TERMINAL), DEVICE_MISMATCH(411,
            Rule.TERMINAL), BAD_SESSION(500, Rule.TERMINAL),
    /** Another client logged in with the same credentials. */
    REPLACED(440, Rule.STEP_DOWN), RESTART_REQUIRED(515, Rule.REOPEN),
    /** WhatsApp gave up waiting, such as for a scan. */
    TIMED_OUT(408, Rule.RETRY), CONNECTION_CLOSED(428, Rule.RETRY), UNAVAILABLE(503, Rule.RETRY),
    /** A code nobody told us of is never fatal. */
    UNKNOWN_CODE(null, Rule.RETRY), KEEPALIVE_TIMEOUT(null, Rule.RETRY), NETWORK(null, Rule.RETRY);

    /** What follows from it. */
    enum Rule {
        /** The credentials are dead: only a person with the phone helps. */
        TERMINAL,
        /** Somebody else has the connection. */
        STEP_DOWN,
        /** Connect again at once; nothing failed. */
        REOPEN,
        /** Connect again, with backoff. */
        RETRY
    }

    private final @Nullable Integer code;
    private final Rule rule;
    private final String reason;

    CloseMeaning(@Nullable Integer code, Rule rule) {
        this.code = code;
        this.rule = rule;
        this.reason = name().toLowerCase(Locale.ROOT);
    }

    public static CloseMeaning of(ConnectionListener.Closed closed) {
        Integer code = closed.code();
        if (code == null) {
            return closed.reason().equals(KEEPALIVE_TIMEOUT.reason) ? KEEPALIVE_TIMEOUT : NETWORK;
        }
        return Arrays.stream(values()).filter(m -> code.equals(m.code)).findFirst().orElse(UNKNOWN_CODE);
    }

    /** Such as {@code logged_out}. */
    public String reason() {
        return reason;
    }

    boolean hasCode(@Nullable Integer other) {
        return code != null && code.equals(other);
    }

    Rule rule() {
        return rule;
    }
}
