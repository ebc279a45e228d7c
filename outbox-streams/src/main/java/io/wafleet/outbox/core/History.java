package io.wafleet.outbox.core;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.MessageStatusRecord.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The dispatches of a message that are remembered: the last few, for one that flaps for days must not grow. */
final class History {
    private History() {}

    static List<Attempt> begun(List<Attempt> before, int number, Epoch epoch, Instant at) {
        List<Attempt> more = new ArrayList<>(before);
        more.add(new Attempt(number, epoch, at, null, null, null));
        return more.subList(Math.max(0, more.size() - MessageStatusRecord.MAX_HISTORY), more.size());
    }

    /** The dispatch of that number ended; one that is no longer remembered changes nothing. */
    static List<Attempt> ended(List<Attempt> before, int number, Outcome outcome, @Nullable String reason,
            Instant at) {
        return before.stream()
                .map(a -> a.number() == number ? new Attempt(number, a.epoch(), a.at(), outcome, reason, at) : a)
                .toList();
    }
}
