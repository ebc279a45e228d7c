package io.wafleet.worker.session;

import io.wafleet.worker.session.Exploration.Outcome;
import io.wafleet.worker.session.Exploration.Pair;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever happens to an account, in whatever order: no exception, no stuck state, no connection that a terminal account opens,
 * and all else that {@link Invariants} names. {@code -Dwafleet.machine.sequences} sets how many lives are tried,
 * {@code -Dwafleet.machine.first} the first seed.
 */
class SessionPropertyTest {
    private static final int MILLION = 1_000_000;
    /** Writing down what was visited costs more than the visit: a part of the lives is enough to visit everything. */
    private static final int WITNESSED = 150_000;

    private final int sequences = Integer.getInteger("wafleet.machine.sequences", MILLION);
    private final long first = Long.getLong("wafleet.machine.first", 20_260_101L);
    private final SessionMachine machine = new SessionMachine(SessionPolicy.DEFAULT);

    @Test
    void millionRandomSequencesKeepEveryPromiseAndVisitEveryTransition() {
        Map<Pair, Set<Outcome>> visited = new HashMap<>();
        RandomWalk.Witness witness = (before, event, decision) -> visited
                .computeIfAbsent(new Pair(Vocabulary.nameOf(before.link()), event.name()), _ -> new HashSet<>())
                .add(Exploration.outcome(decision));
        long steps = IntStream.range(0, Math.min(WITNESSED, sequences))
                .mapToLong(life -> walk(machine, first + life, witness)).sum()
                + IntStream.range(WITNESSED, sequences).parallel()
                        .mapToLong(life -> walk(machine, first + life, RandomWalk.Witness.NOBODY)).sum();
        System.out.printf("%d random sequences, %d steps%n", sequences, steps);
        // Each checks the other: what happens is documented, and what is documented happens.
        Map<Pair, Set<Outcome>> documented = Exploration.outcomes();
        assertThat(missing(visited, documented)).as("visited, but not documented").isEmpty();
        if (sequences >= WITNESSED) {
            assertThat(missing(documented, visited)).as("documented, but never visited").isEmpty();
        }
    }

    private static long walk(SessionMachine machine, long seed, RandomWalk.Witness witness) {
        try {
            return RandomWalk.walk(machine, seed, witness);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + RandomWalk.story(machine, seed), e);
        }
    }

    private static List<String> missing(Map<Pair, Set<Outcome>> from, Map<Pair, Set<Outcome>> in) {
        return from.entrySet().stream().flatMap(e -> e.getValue().stream()
                .filter(outcome -> !in.getOrDefault(e.getKey(), Set.of()).contains(outcome))
                .map(outcome -> e.getKey() + " -> " + outcome)).sorted().toList();
    }
}
