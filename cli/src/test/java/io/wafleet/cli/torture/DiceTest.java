package io.wafleet.cli.torture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

final class DiceTest {
    private static final int WORKERS = 3;
    private static final int ROUNDS = 200;

    private static List<Stroke> strokes(long seed) {
        Stroke.Dice dice = new Stroke.Dice(seed, WORKERS);
        List<Stroke> all = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            all.add(dice.strike());
            all.addAll(dice.recover(false));
        }
        all.addAll(dice.recover(true));
        return all;
    }

    @Test
    void theSameSeedChoosesTheSame() {
        assertThat(strokes(1)).isEqualTo(strokes(1)).isNotEqualTo(strokes(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverAreAllWorkersStruckAndInTheEndAllAreThere(long seed) {
        Set<String> awake = new HashSet<>(Set.of("worker-1", "worker-2", "worker-3", "outbox", "gateway"));
        for (Stroke stroke : strokes(seed)) {
            boolean isPossible = switch (stroke) {
                case Stroke.Kill(String name) -> awake.remove(name);
                case Stroke.End(String name) -> awake.remove(name);
                case Stroke.Freeze(String name) -> awake.remove(name);
                case Stroke.Wake(String name) -> awake.add(name);
                case Stroke.Start(String name) -> awake.add(name);
            };
            assertThat(isPossible).as(stroke.toString()).isTrue();
            assertThat(awake).as("after %s", stroke).anyMatch(name -> name.startsWith("worker-"));
        }
        assertThat(awake).hasSize(WORKERS + 2).contains("outbox", "gateway");
    }
}
