package io.wafleet.settings;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class DurationsTest {

    @ParameterizedTest
    @CsvSource({"0ms,0", "250ms,250", "1500ms,1500", "5s,5000", "10m,600000", "24h,86400000", "90m,5400000",
        "7d,604800000"})
    void readsWhatPeopleWrite(String text, long ms) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(ms));
        assertThat(Durations.parse(Durations.text(Duration.ofMillis(ms)))).isEqualTo(Duration.ofMillis(ms));
    }

    @Test
    void writesTheShortestTextThatSaysExactlyThis() {
        assertThat(Durations.text(Duration.ofMillis(1500))).isEqualTo("1500ms");
        assertThat(Durations.text(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(Durations.text(Duration.ofMinutes(60))).isEqualTo("1h");
        assertThat(Durations.text(Duration.ofHours(48))).isEqualTo("2d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "5 seconds", "1.5s", "PT5S", "99999999999s"})
    void refusesOtherNotations(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a duration such as");
    }
}
