package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that stand. Usually none, so asking costs nothing. */
final class Faults {
    private final Secrets dice;
    private final List<StandingFault> standing = new ArrayList<>();
    private long given;

    Faults(Secrets dice) {
        this.dice = dice;
    }

    StandingFault add(Fault.Standing fault, Scope scope, long times, double probability) {
        StandingFault added = new StandingFault("fault-" + ++given, fault, scope, times, probability);
        standing.add(added);
        return added;
    }

    /** Whether a fault of the kind strikes now; it has then happened once more. The oldest one that fits strikes. */
    <F extends Fault.Standing> @Nullable F strike(Class<F> kind, @Nullable PhoneNumber phone,
            @Nullable String client) {
        for (int i = 0; i < standing.size(); i++) {
            StandingFault candidate = standing.get(i);
            if (kind.isInstance(candidate.fault()) && candidate.scope().matches(phone, client)
                    && dice.happens(candidate.probability())) {
                happened(i, candidate.happened());
                return kind.cast(candidate.fault());
            }
        }
        return null;
    }

    private void happened(int index, StandingFault after) {
        if (after.remaining() == 0) {
            standing.remove(index);
        } else {
            standing.set(index, after);
        }
    }

    boolean lift(String id) {
        return standing.removeIf(f -> f.id().equals(id));
    }

    int liftAll() {
        int lifted = standing.size();
        standing.clear();
        return lifted;
    }

    List<StandingFault> all() {
        return List.copyOf(standing);
    }
}
