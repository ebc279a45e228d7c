package io.wafleet.worker.session;

import io.wafleet.contract.Command;
import io.wafleet.contract.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sends of one connection that WhatsApp has not answered. Those whose time is over stay known, so that a late ack still
 * counts; of these only the newest {@value #MAX_OVERDUE}. Immutable; at most one for each message.
 *
 * @param list in the order of sending
 */
record Flights(List<Flight> list) {
    static final Flights NONE = new Flights(List.of());
    private static final int MAX_OVERDUE = 100;

    /** How far a send is. */
    enum Stage {
        /** Its media are being brought to WhatsApp. */
        FETCHING,
        /** Its bytes are written, or about to be. */
        WRITTEN,
        /** Its outcome was told to be unknown. */
        OVERDUE
    }

    /**
     * One send.
     *
     * @param due when its outcome becomes unknown; null while it is fetched
     * @param earlier whether an earlier writing of the same message is unanswered too: WhatsApp's answers name no attempt
     */
    record Flight(Command.Dispatch dispatch, @Nullable Instant due, Stage stage, boolean earlier) {
        private Flight at(Stage next) {
            return new Flight(dispatch, due, next, earlier);
        }

        boolean overdue() {
            return stage == Stage.OVERDUE;
        }

        /** Whether nothing of it was written. */
        boolean isFetching() {
            return stage == Stage.FETCHING;
        }

        boolean isOf(MessageId message) {
            return dispatch.message().equals(message);
        }
    }

    Flights {
        list = List.copyOf(list);
    }

    Optional<Flight> of(MessageId message) {
        return list.stream().filter(f -> f.isOf(message)).findFirst();
    }

    /** Those whose outcome is still owed. */
    List<Flight> owed() {
        return list.stream().filter(f -> !f.overdue()).toList();
    }

    /** When the first of them is due; null when none is owed. */
    @Nullable
    Instant nextDue() {
        return list.stream().filter(f -> f.stage == Stage.WRITTEN).map(Flight::due).filter(Objects::nonNull)
                .min(Instant::compareTo).orElse(null);
    }

    Flights sent(Command.Dispatch dispatch, Instant due) {
        return with(new Flight(dispatch, due, Stage.WRITTEN, hasEarlier(dispatch)));
    }

    Flights fetching(Command.Dispatch dispatch) {
        return with(new Flight(dispatch, null, Stage.FETCHING, hasEarlier(dispatch)));
    }

    private boolean hasEarlier(Command.Dispatch dispatch) {
        return of(dispatch.message()).filter(f -> f.overdue() || f.earlier).isPresent();
    }

    private Flights with(Flight flight) {
        List<Flight> next = new ArrayList<>(without(flight.dispatch.message()).list);
        next.add(flight);
        return new Flights(next);
    }

    /** The message's answer is now owed to a newer attempt; it stays due when it was. */
    Flights takenOverBy(Command.Dispatch newer) {
        return new Flights(list.stream()
                .map(f -> f.isOf(newer.message()) ? new Flight(newer, f.due, f.stage, f.earlier) : f).toList());
    }

    Flights without(MessageId message) {
        return new Flights(list.stream().filter(f -> !f.isOf(message)).toList());
    }

    /** Of those whose media are being brought: others than this message in its chat. */
    List<Flight> fetchingBefore(Command.Dispatch next) {
        return list.stream().filter(f -> f.isFetching() && f.dispatch.chat().equals(next.chat())
                && !f.isOf(next.message())).toList();
    }

    /** Marks all that are due as overdue, and forgets the oldest of these when they are too many. */
    Flights expire(Instant at) {
        List<Flight> next = new ArrayList<>();
        for (Flight flight : list) {
            next.add(isDue(flight, at) ? flight.at(Stage.OVERDUE) : flight);
        }
        return bounded(next);
    }

    /** The message's outcome was told to be unknown, though its time is not over. */
    Flights overdue(MessageId message) {
        return bounded(new ArrayList<>(list.stream().map(f -> f.isOf(message) ? f.at(Stage.OVERDUE) : f).toList()));
    }

    private static Flights bounded(List<Flight> next) {
        long tooMany = next.stream().filter(Flight::overdue).count() - MAX_OVERDUE;
        for (; tooMany > 0; tooMany--) {
            next.remove(next.stream().filter(Flight::overdue).findFirst().orElseThrow());
        }
        return new Flights(next);
    }

    /** Those that {@link #expire} marks. */
    List<Flight> due(Instant at) {
        return list.stream().filter(f -> isDue(f, at)).toList();
    }

    private static boolean isDue(Flight flight, Instant at) {
        return flight.stage == Stage.WRITTEN && flight.due != null && !flight.due.isAfter(at);
    }
}
