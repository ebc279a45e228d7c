package io.wafleet.worker.session;

import io.wafleet.contract.Command.Dispatch;
import io.wafleet.contract.Content;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.worker.media.MediaSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of dispatches. One whose content has bytes elsewhere is written only once these are with WhatsApp; until then nothing was
 * attempted, and it is in nobody's way: other chats go on. The outbox has one message of a chat out at a time: the next one says that it
 * waits for the earlier no more, whose time is over or which was cancelled since. That one is not written after it.
 */
final class Dispatches {
    private final SessionPolicy policy;

    Dispatches(SessionPolicy policy) {
        this.policy = policy;
    }

    Decision ordered(Session before, SessionEvent.DispatchOrdered ordered) {
        Dispatch dispatch = ordered.dispatch();
        return switch (before.link()) {
            case Link.Open open -> send(before, open, dispatch, ordered.at());
            case Link.Idle _,Link.Waiting _,Link.AwaitingTurn _,Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _,Link.Scanned _ ->
                new Decision.Made(new Step(before, List.of(
                        new SessionEffect.TellOutcome(dispatch, Outcome.NOT_ATTEMPTED, Reasons.NOT_CONNECTED))));
        };
    }

    /** A message is never written twice on one connection while the first writing can still be answered in time. */
    private Decision send(Session before, Link.Open open, Dispatch dispatch, Instant at) {
        Optional<Flights.Flight> under = open.flights().of(dispatch.message()).filter(f -> !f.overdue());
        if (under.isPresent()) {
            return again(before, open, under.get(), dispatch);
        }
        List<SessionEffect> effects = new ArrayList<>();
        Flights flights = open.flights();
        for (Flights.Flight left : flights.fetchingBefore(dispatch)) {
            flights = flights.without(left.dispatch().message());
            effects.add(new SessionEffect.TellOutcome(left.dispatch(), Outcome.NOT_ATTEMPTED, Reasons.SUPERSEDED));
        }
        if (dispatch.content() instanceof Content.Media media) {
            flights = flights.fetching(dispatch);
            effects.add(new SessionEffect.BringMedia(open.connection(), dispatch.message(), media));
        } else {
            flights = flights.sent(dispatch, due(at));
            effects.add(new SessionEffect.Send(open.connection(), dispatch, null));
        }
        return SessionMachine.flying(before, open, flights, effects.toArray(SessionEffect[]::new));
    }

    private static Decision again(Session before, Link.Open open, Flights.Flight under, Dispatch dispatch) {
        Dispatch earlier = under.dispatch();
        Flights taken = open.flights().takenOverBy(dispatch);
        if (earlier.attempt() < dispatch.attempt()) {
            return SessionMachine.flying(before, open, taken, new SessionEffect.TellOutcome(earlier,
                    under.isFetching() ? Outcome.NOT_ATTEMPTED : Outcome.UNKNOWN, Reasons.SUPERSEDED));
        }
        // The same attempt, ordered anew after this owner claimed anew: what is on its way serves the newer order.
        return under.isFetching() && earlier.epoch().compareTo(dispatch.epoch()) < 0
                ? SessionMachine.flying(before, open, taken)
                : new Decision.Ignored("already under way");
    }

    Decision brought(Session before, SessionEvent.MediaBrought brought) {
        return switch (before.link()) {
            case Link.Open open when open.connection().equals(brought.connection()) ->
                open.flights().of(brought.message()).filter(Flights.Flight::isFetching)
                        .map(flight -> brought(before, open, flight.dispatch(), brought))
                        .orElse(new Decision.Ignored("nobody waits for it"));
            case Link.Open _ -> new Decision.Ignored("an older connection");
            case Link.Resting _ -> new Decision.Ignored("no connection now");
            case Link.Connecting _,Link.ShowingQr _,Link.ShowingCode _,Link.Scanned _ ->
                new Decision.Ignored("nothing was sent");
        };
    }

    private Decision brought(Session before, Link.Open open, Dispatch dispatch, SessionEvent.MediaBrought brought) {
        if (!dispatch.epoch().equals(brought.epoch())) {
            return over(before, open, dispatch, Outcome.NOT_ATTEMPTED, Reasons.OWNER_CHANGED);
        }
        return switch (brought.media()) {
            case MediaSource.Here(var uploaded) -> SessionMachine.flying(before, open,
                    open.flights().sent(dispatch, due(brought.at())),
                    new SessionEffect.Send(open.connection(), dispatch, uploaded));
            case MediaSource.Failed(boolean permanent, String reason) ->
                over(before, open, dispatch, permanent ? Outcome.PERMANENT : Outcome.RETRYABLE, reason);
        };
    }

    private static Decision over(Session before, Link.Open open, Dispatch dispatch, Outcome outcome, String reason) {
        return SessionMachine.flying(before, open, open.flights().without(dispatch.message()),
                new SessionEffect.TellOutcome(dispatch, outcome, reason));
    }

    private Instant due(Instant at) {
        return at.plus(policy.sendAckTimeout());
    }
}
