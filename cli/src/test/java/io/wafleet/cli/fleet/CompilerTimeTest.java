package io.wafleet.cli.fleet;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

class CompilerTimeTest {
    private static final String LINE = " S 1 7 7 0 -1 4194368 9 0 0 0 123 45 6 7 20 0 31 0 999 0 0 18446744073709551615 0 0";

    @Test
    void countsCompilersOnly() {
        assertThat(CompilerTime.ticks("12 (C2 CompilerThre)" + LINE)).isEqualTo(168);
        assertThat(CompilerTime.ticks("13 (C1 CompilerThre)" + LINE)).isEqualTo(168);
        assertThat(CompilerTime.ticks("14 (VM Thread)" + LINE)).isZero();
        assertThat(CompilerTime.ticks("15 (C2 a) (b)" + LINE)).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisProcessHasCompiledSomething() {
        assertThat(CompilerTime.of(ProcessHandle.current().pid())).isPositive();
    }

    @Test
    void whatIsNotThereTakesNothing() {
        assertThat(CompilerTime.of(Long.MAX_VALUE)).isEqualTo(Duration.ZERO);
    }
}
