package io.wafleet.worker.session;

import io.wafleet.contract.AccountStatus;
import io.wafleet.worker.connector.ConnectionListener.Closed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rules of a connection's end. */
final class Closes {
    /** So many restarts in a row are made at once; a server that never stops asking for them is treated as failing. */
    private static final int RESTARTS_AT_ONCE = 3;

    private final SessionPolicy policy;

    Closes(SessionPolicy policy) {
        this.policy = policy;
    }

    Decision decide(Link.Live live, Closed closed, Instant at, double jitter, Draft draft) {
        draft.loseFlights();
        CloseMeaning meaning = CloseMeaning.of(closed);
        return switch (meaning.rule()) {
            case TERMINAL -> draft.needsQr(meaning.reason(), closed.code()).made();
            case STEP_DOWN -> stepDown(live, closed.code(), at, draft);
            case REOPEN -> reopen(live, closed.code(), jitter, draft);
            case RETRY -> retry(live, meaning, closed.code(), jitter, draft);
        };
    }

    /** One reconnect, later; the other client wins when it takes the connection again. */
    private Decision stepDown(Link.Live live, @Nullable Integer code, Instant at, Draft draft) {
        Instant earlier = draft.past().replacedAt();
        draft.remember(draft.past().replaced(at));
        String reason = CloseMeaning.REPLACED.reason();
        return earlier != null && !at.isAfter(earlier.plus(policy.replacedWindow()))
                ? draft.rest().status(AccountStatus.CONFLICT, reason, code).made()
                : draft.status(AccountStatus.RECONNECTING, reason, code)
                        .waitFor(policy.replacedWait(), aimOf(live)).made();
    }

    private static Decision reopen(Link.Live live, @Nullable Integer code, double jitter, Draft draft) {
        String reason = CloseMeaning.RESTART_REQUIRED.reason();
        if (draft.past().restarts() >= RESTARTS_AT_ONCE) {
            return draft.backOff(aimOf(live), reason, code, jitter).made();
        }
        draft.remember(draft.past().restarted());
        return switch (live) {
            case Link.Scanned _ -> draft.status(AccountStatus.CONNECTING, reason, code)
                    .awaitTurn(Aim.FINISH_PAIRING).made();
            case Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _,Link.Open _ ->
                draft.status(AccountStatus.RECONNECTING, reason, code).awaitTurn(aimOf(live)).made();
        };
    }

    private static Decision retry(Link.Live live, CloseMeaning meaning, @Nullable Integer code, double jitter,
            Draft draft) {
        return switch (live) {
            // Nobody scanned in time, which is no failure: the next connection brings new QRs while the window is open.
            case Link.ShowingQr _,Link.ShowingCode _ when meaning == CloseMeaning.TIMED_OUT ->
                draft.status(AccountStatus.CONNECTING, Reasons.QR_EXPIRED, code).awaitTurn(aimOf(live)).made();
            case Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _,Link.Scanned _,Link.Open _ ->
                draft.backOff(aimOf(live), meaning.reason(), code, jitter).made();
        };
    }

    /** What the next connection is for. */
    static Aim aimOf(Link.Live live) {
        return switch (live) {
            case Link.Connecting connecting -> connecting.aim().again();
            case Link.ShowingQr qr -> qr.aim();
            case Link.ShowingCode _ -> Aim.SHOW_CODE;
            case Link.Scanned _,Link.Open _ -> Aim.LOG_IN;
        };
    }
}
