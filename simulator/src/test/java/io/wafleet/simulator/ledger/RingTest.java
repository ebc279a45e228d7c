package io.wafleet.simulator.ledger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RingTest {
    private final Counters counters = new Counters();
    private final Ring<Long> ring = new Ring<>(counters, 3);

    private LedgerPage<Long> after(long since, int limit) {
        return ring.after(since, limit, _ -> true);
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            ring.add(n -> n);
        }
    }

    @Test
    void numbersFromOneAndReadsOn() {
        add(3);

        assertThat(after(0, 2)).isEqualTo(new LedgerPage<>(java.util.List.of(1L, 2L), 2, true));
        assertThat(after(2, 2)).isEqualTo(new LedgerPage<>(java.util.List.of(3L), 3, false));
        assertThat(after(99, 2).items()).isEmpty();
    }

    @Test
    void letsTheOldestGoAndCountsThem() {
        add(8);

        assertThat(after(0, 10).items()).containsExactly(6L, 7L, 8L);
        assertThat(counters.get(Counters.Count.LET_GO)).isEqualTo(5);
    }

    @Test
    void numbersGoOnGrowingWhenItIsCleared() {
        add(4);
        ring.clear();
        add(2);

        assertThat(after(0, 10).items()).containsExactly(5L, 6L);
        assertThat(after(5, 10).items()).containsExactly(6L);
    }

    @Test
    void aFilterStillReadsToTheEnd() {
        add(3);

        assertThat(ring.after(0, 10, n -> n == 2)).isEqualTo(new LedgerPage<>(java.util.List.of(2L), 3, false));
    }
}
