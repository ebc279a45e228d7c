package io.wafleet.cli.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class QuantilesTest {
    private static final long MILLI = 1_000_000;

    @Test
    void nothingMeasuredIsZero() {
        assertThat(Quantiles.ofNanos(List.of())).isEqualTo(new Quantiles(0, 0, 0, 0));
    }

    @Test
    void oneTimeIsEveryQuantile() {
        assertThat(Quantiles.ofNanos(List.of(7 * MILLI))).isEqualTo(new Quantiles(7, 7, 7, 7));
    }

    @Test
    void eachIsTheNearestRankWhateverTheOrder() {
        List<Long> hundred = new ArrayList<>();
        for (long i = 1; i <= 100; i++) {
            hundred.add(i * MILLI);
        }
        Collections.shuffle(hundred, new Random(3));
        assertThat(Quantiles.ofNanos(hundred)).isEqualTo(new Quantiles(50, 95, 99, 100));
    }
}
