package io.wafleet.cli.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class OpenLoopTest {
    @Test
    void runsEachOnceAndNoneBeforeItsTime() {
        OpenLoop loop = new OpenLoop(2000);
        List<Integer> done = new ArrayList<>();
        loop.run(OpenLoop.count(2000, Duration.ofSeconds(1)) / 10, i -> {
            assertThat(System.nanoTime() - loop.due(i)).isNotNegative();
            done.add(i);
        });
        assertThat(done).hasSize(200).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void timesStandBeforehandAndAreMadeUpForWhenMissed() {
        OpenLoop loop = new OpenLoop(1000);
        long third = loop.due(3);
        assertThat(third - loop.due(0)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(3));
        while (System.nanoTime() - third < 0) {
            Thread.onSpinWait();
        }
        List<Integer> done = new ArrayList<>();
        loop.run(3, done::add);
        assertThat(done).containsExactly(0, 1, 2);
        assertThat(loop.due(3)).isEqualTo(third);
    }
}
