package io.wafleet.cli.fleet;

import io.wafleet.contract.Epoch;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class EpochWatchTest {
    private final EpochWatch watch = new EpochWatch();

    @Test
    void findsAnOlderEpochAfterANewerOne() {
        watch.record("events", 1, new Epoch(5));
        watch.record("events", 1, new Epoch(6));
        watch.record("events", 1, new Epoch(6));
        assertThat(watch.formerOwnerWrites()).isZero();
        watch.record("events", 1, new Epoch(5));
        watch.record("events", 1, new Epoch(6));
        assertThat(watch.formerOwnerWrites()).isEqualTo(1);
    }

    @Test
    void partitionsAndTopicsAreApart() {
        watch.record("events", 1, new Epoch(6));
        watch.record("events", 2, new Epoch(5));
        watch.record("journal", 1, new Epoch(5));
        assertThat(watch.formerOwnerWrites()).isZero();
    }
}
