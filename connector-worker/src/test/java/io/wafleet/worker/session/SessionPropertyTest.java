package io.wafleet.worker.session;

import io.wafleet.worker.session.Exploration.Outcome;
import io.wafleet.worker.session.Exploration.Pair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever happens to an account, in whatever order: no exception, no stuck state, no connection that a terminal account opens,
 * and all else that {@link Invariants} names.
 */
class SessionPropertyTest {
    private static final int LIVES = 5_000;
    private static final int STEPS = 200;
    private static final long SEED = 20_260_101L;

    @Test
    void millionRandomStepsKeepEveryPromiseAndVisitEveryTransition() {
        Map<Pair, Set<Outcome>> visited = new HashMap<>();
        for (int life = 0; life < LIVES; life++) {
            long seed = SEED + life;
            try {
                new RandomWalk(seed, visited).walk(STEPS);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        // Each checks the other: what is documented happens, and what happens is documented.
        Map<Pair, Set<Outcome>> documented = Exploration.outcomes();
        assertThat(missing(documented, visited)).as("documented, but never visited").isEmpty();
        assertThat(missing(visited, documented)).as("visited, but not documented").isEmpty();
    }

    private static List<String> missing(Map<Pair, Set<Outcome>> from, Map<Pair, Set<Outcome>> in) {
        return from.entrySet().stream().flatMap(e -> e.getValue().stream()
                .filter(outcome -> !in.getOrDefault(e.getKey(), Set.of()).contains(outcome))
                .map(outcome -> e.getKey() + " -> " + outcome)).sorted().toList();
    }
}
