package io.wafleet.cli.bench;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class FiguresTest {
    @Test
    void areValuesThatWereMeasured() {
        List<Long> hundred = LongStream.rangeClosed(1, 100).boxed().toList();
        assertThat(Figures.of(hundred.reversed())).isEqualTo(new Figures(50, 95, 100));
        assertThat(Figures.of(List.of(7L))).isEqualTo(new Figures(7, 7, 7));
        assertThat(Figures.of(List.of(3L, 900L, 4L))).isEqualTo(new Figures(4, 900, 900));
    }

    @Test
    void areZeroWithoutValues() {
        assertThat(Figures.of(List.of())).isEqualTo(new Figures(0, 0, 0));
    }
}
