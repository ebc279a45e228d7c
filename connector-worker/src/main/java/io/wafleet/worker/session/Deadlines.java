package io.wafleet.worker.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The timers that a session has running. They follow from what the session is, so that none is ever forgotten or left behind:
 * each step sets and cancels exactly the difference.
 */
final class Deadlines {
    private Deadlines() {}

    static Map<SessionTimer, Instant> of(Session session) {
        Map<SessionTimer, Instant> due = new EnumMap<>(SessionTimer.class);
        switch (session.link()) {
            case Link.Idle _,Link.AwaitingTurn _,Link.ShowingQr _,Link.ShowingCode _ -> {
            }
            case Link.Waiting waiting -> due.put(SessionTimer.RECONNECT, waiting.due());
            case Link.Connecting connecting -> due.put(SessionTimer.CONNECT, connecting.due());
            case Link.Scanned scanned -> due.put(SessionTimer.CONNECT, scanned.due());
            case Link.Open open -> {
                put(due, SessionTimer.STABLE, open.stableAt());
                put(due, SessionTimer.SEND_ACK, open.flights().nextDue());
            }
        }
        var account = session.account();
        if (account != null && !(session.link() instanceof Link.Idle)) {
            put(due, SessionTimer.QR_WINDOW, account.pairingEndsAt());
        }
        return due;
    }

    /** What turns the timers of the one session into those of the other. */
    static List<SessionEffect> between(Session before, Session next) {
        Map<SessionTimer, Instant> old = of(before);
        Map<SessionTimer, Instant> now = of(next);
        List<SessionEffect> effects = new ArrayList<>();
        for (SessionTimer timer : SessionTimer.values()) {
            Instant due = now.get(timer);
            if (due != null && !due.equals(old.get(timer))) {
                effects.add(new SessionEffect.SetTimer(timer, due));
            } else if (due == null && old.containsKey(timer)) {
                effects.add(new SessionEffect.CancelTimer(timer));
            }
        }
        return effects;
    }

    private static void put(Map<SessionTimer, Instant> due, SessionTimer timer, @Nullable Instant at) {
        if (at != null) {
            due.put(timer, at);
        }
    }
}
