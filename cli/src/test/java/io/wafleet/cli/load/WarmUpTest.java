package io.wafleet.cli.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WarmUpTest {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final List<Duration> loads = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Deque<Double> shares = new ArrayDeque<>();
    private Duration compiled = Duration.ZERO;
    private long nanos;

    /** A machine on which the compilers take these shares of all cores, one load after the other, and then the last. */
    private void warmUp(double... cores) {
        for (double share : cores) {
            shares.add(share);
        }
        new WarmUp(() -> compiled, () -> nanos, told::add).run(Duration.ofSeconds(90), this::load);
    }

    private void load(Duration time) {
        loads.add(time);
        double share = shares.size() > 1 ? shares.remove() : shares.element();
        nanos += time.toNanos();
        compiled = compiled.plusNanos((long) (time.toNanos() * share * CORES));
    }

    @Test
    void endsWhenTheCompilersAreAtRest() {
        warmUp(0.9, 0.5, 0.2, 0.05, 0.9);
        assertThat(loads).containsExactly(Duration.ofSeconds(90), Duration.ofSeconds(20), Duration.ofSeconds(20),
                Duration.ofSeconds(20));
        assertThat(told).hasSize(2).allMatch(line -> line.startsWith("the compilers still take "));
    }

    @Test
    void whereNothingIsToldItTakesOneSliceMore() {
        warmUp(0);
        assertThat(loads).hasSize(2);
    }

    @Test
    void endsAlsoWhenTheyNeverRest() {
        warmUp(0.9);
        assertThat(loads).hasSize(1 + 30);
    }
}
