package io.wafleet.simulator.whatsapp;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RatchetTest {
    @Test
    void eachCounterWorksOnce() {
        Ratchet ratchet = new Ratchet();

        assertThat(ratchet.use(1)).isTrue();
        assertThat(ratchet.use(2)).isTrue();
        assertThat(ratchet.use(2)).isFalse();
        assertThat(ratchet.use(1)).isFalse();
        assertThat(ratchet.use(0)).isFalse();
        assertThat(ratchet.use(-3)).isFalse();
    }

    @Test
    void countersLeftOutWorkLater() {
        Ratchet ratchet = new Ratchet();
        ratchet.use(10);

        assertThat(ratchet.use(5)).isTrue();
        assertThat(ratchet.use(5)).isFalse();
        assertThat(ratchet.use(4)).isTrue();
        assertThat(ratchet.gaps()).containsExactly(new Ratchet.Gap(1, 3), new Ratchet.Gap(6, 9));
    }

    @Test
    void aHugeLeapCostsNothing() {
        Ratchet ratchet = new Ratchet();
        ratchet.use(1_000_000_000_000L);

        assertThat(ratchet.gaps()).hasSize(1);
        assertThat(ratchet.use(500_000_000_000L)).isTrue();
    }

    @Test
    void agreesWithAPlainSet() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Ratchet ratchet = new Ratchet();
            Set<Long> used = new HashSet<>();
            for (int i = 0; i < 300; i++) {
                long counter = random.nextLong(1, 200);
                assertThat(ratchet.use(counter)).as("seed %d step %d", seed, i).isEqualTo(used.add(counter));
                ratchet = new Ratchet(ratchet.highest(), ratchet.gaps());
            }
        }
    }
}
