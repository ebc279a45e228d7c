package io.wafleet.cli.verify;

import io.wafleet.settings.Settings;
import io.wafleet.settings.Timings;
import io.wafleet.worker.session.SessionPolicy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class TimersTest {
    @Test
    void realOnesAreThoseOfAFleetThatNobodyConfigured() {
        assertThat(Timers.real().session()).isEqualTo(SessionPolicy.DEFAULT);
        assertThat(Timers.real().lease()).isEqualTo(Timings.of(Timings.Profile.STEADY).lease());
        assertThat(Timers.real().tenBackoffs()).isEqualTo(Duration.ofMinutes(50));
    }

    @Test
    void shortenedOnesAreWhatTheFleetIsTold() {
        Timers shortened = Timers.shortened();
        Settings told = new Settings(Map.of(), shortened.settings());
        assertThat(SessionPolicy.from(told)).isEqualTo(shortened.session());
        told.check();
        assertThat(shortened.session().qrWindow()).isLessThan(Duration.ofSeconds(30));
        assertThat(shortened.tenBackoffs()).isLessThan(Duration.ofSeconds(10));
        assertThat(Timers.shortening()).contains("session-qr-window 22s (10m)");
    }

    @Test
    void everyTimerIsToldSoThatNoVariableOfThisProcessCounts() {
        assertThat(Timers.real().settings()).containsAllEntriesOf(
                Map.of("WAFLEET_SESSION_QR_WINDOW", "10m", "WAFLEET_SESSION_BACKOFF_MAX", "5m"));
    }
}
