package io.wafleet.worker.simulation;

import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole protocol under many seeds. {@code -Dwafleet.simulation.seeds=100000} runs more of them,
 * {@code -Dwafleet.simulation.first=4711 -Dwafleet.simulation.seeds=1} one that failed.
 */
final class SimulationTest {

    @Test
    void keepsEveryPromiseUnderEverySeed() {
        Optional<Seeds.Broken> broken = Seeds.firstBroken(Seeds.first(), Seeds.count(), Sabotage.NONE);
        assertThat(broken).withFailMessage(() -> broken.map(SimulationTest::story).orElseThrow()).isEmpty();
    }

    @Test
    void runsASeedTheSameWayEachTime() {
        assertThat(Seeds.replay(7, Sabotage.NONE)).isEqualTo(Seeds.replay(7, Sabotage.NONE));
        assertThat(Seeds.replay(7, Sabotage.NONE)).isNotEqualTo(Seeds.replay(8, Sabotage.NONE));
    }

    private static String story(Seeds.Broken broken) {
        return "seed " + broken.seed() + ": " + broken.what() + "\n" + Seeds.replay(broken.seed(), Sabotage.NONE)
                + "\nseen again by -Dwafleet.simulation.first=" + broken.seed() + " -Dwafleet.simulation.seeds=1";
    }
}
