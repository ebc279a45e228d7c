package io.wafleet.worker.session;

import io.wafleet.contract.Event.Outcome;
import java.time.Instant;

/** The rules of deadlines. A timer that the session no longer waits for is ignored before any rule is asked. */
final class Timeouts {

    Decision decide(Session before, SessionEvent.TimerFired fired, Draft draft) {
        if (!fired.due().equals(Deadlines.of(before).get(fired.timer()))) {
            return new Decision.Ignored("no longer awaited");
        }
        return switch (fired.timer()) {
            case CONNECT -> notConnected(before.link(), fired.jitter(), draft);
            case QR_WINDOW -> draft.drop(false).needsQr(Reasons.QR_WINDOW_OVER, null).made();
            case RECONNECT -> connect(before.link(), draft);
            case STABLE -> stable(before.link(), draft);
            case SEND_ACK -> unanswered(before, fired);
        };
    }

    private static Decision notConnected(Link link, double jitter, Draft draft) {
        return switch (link) {
            case Link.Connecting _,Link.Scanned _ -> draft.drop(false)
                    .backOff(Closes.aimOf((Link.Live) link), Reasons.CONNECT_TIMEOUT, null, jitter).made();
            case Link.Idle _,Link.Waiting _,Link.AwaitingTurn _,Link.ShowingQr _,Link.ShowingCode _,Link.Open _ ->
                new Decision.Ignored("no longer awaited");
        };
    }

    private static Decision connect(Link link, Draft draft) {
        return switch (link) {
            case Link.Waiting waiting -> draft.awaitTurn(waiting.aim()).made();
            case Link.Idle _,Link.AwaitingTurn _,Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _,Link.Scanned _,Link.Open _ ->
                new Decision.Ignored("no longer awaited");
        };
    }

    private static Decision stable(Link link, Draft draft) {
        return switch (link) {
            case Link.Open open -> draft
                    .become(new Link.Open(open.past().calmed(), open.connection(), null, open.flights())).made();
            case Link.Idle _,Link.Waiting _,Link.AwaitingTurn _,Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _,Link.Scanned _ ->
                new Decision.Ignored("no longer awaited");
        };
    }

    private static Decision unanswered(Session before, SessionEvent.TimerFired fired) {
        // A clock set back, or a timer a moment early, must not leave a send without its outcome.
        Instant at = fired.at().isBefore(fired.due()) ? fired.due() : fired.at();
        return switch (before.link()) {
            case Link.Open open -> SessionMachine.flying(before, open, open.flights().expire(at),
                    open.flights().due(at).stream()
                            .map(f -> new SessionEffect.TellOutcome(f.dispatch(), Outcome.UNKNOWN, Reasons.ACK_TIMEOUT))
                            .toArray(SessionEffect[]::new));
            case Link.Idle _,Link.Waiting _,Link.AwaitingTurn _,Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _,Link.Scanned _ ->
                new Decision.Ignored("no longer awaited");
        };
    }
}
