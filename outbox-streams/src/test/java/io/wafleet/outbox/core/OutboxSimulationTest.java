package io.wafleet.outbox.core;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random histories of one partition: requests, outcomes, receipts, claims, connects, crashes and jumps in time, with the promises
 * checked after every step. A failure names its seed.
 */
class OutboxSimulationTest {
    private static final int SEEDS = 120;
    private static final int STEPS = 300;

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyAcceptedMessageEndsOnceInOrderAndPaced(long seed) {
        OutboxSimulation simulation = new OutboxSimulation(seed);
        for (int i = 0; i < STEPS; i++) {
            simulation.step();
        }
        simulation.settle();
        assertThat(simulation.unfinished()).isEmpty();
        assertThat(simulation.leftOver()).isZero();
    }
}
