package io.wafleet.worker.session;

import io.wafleet.settings.InvalidSettingsException;
import io.wafleet.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The timings of a session as settings. */
class SessionPolicyTest {

    @Test
    void defaultsAreThoseOfTheRules() {
        assertThat(SessionPolicy.DEFAULT).isEqualTo(new SessionPolicy(Duration.ofSeconds(60), Duration.ofMinutes(10),
                Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofSeconds(30),
                Duration.ofMinutes(5), Duration.ofSeconds(20), Duration.ofSeconds(25), Duration.ofSeconds(90)));
    }

    @Test
    void eachTimingHasItsSetting() {
        Settings settings = Settings.of(Map.of("session.connect-timeout", "1s", "session.qr-window", "2s",
                "session.stable-after", "3s", "session.backoff-min", "40ms", "session.backoff-max", "5s",
                "session.replaced-wait", "6s", "session.replaced-window", "7s", "session.send-ack-timeout", "8s",
                "session.keep-alive-interval", "9s", "session.keep-alive-timeout", "20s"));

        SessionPolicy policy = SessionPolicy.from(settings);

        settings.check();
        assertThat(policy).isEqualTo(new SessionPolicy(Duration.ofSeconds(1), Duration.ofSeconds(2),
                Duration.ofSeconds(3), Duration.ofMillis(40), Duration.ofSeconds(5), Duration.ofSeconds(6),
                Duration.ofSeconds(7), Duration.ofSeconds(8), Duration.ofSeconds(9), Duration.ofSeconds(20)));
        assertThat(SessionPolicy.SETTINGS).hasSize(10);
    }

    @Test
    void timingsThatDoNotFitTogetherAreNamedBoth() {
        assertProblem(Map.of("session.connect-timeout", "10m"), "session.connect-timeout", "session.qr-window");
        assertProblem(Map.of("session.backoff-min", "6m"), "session.backoff-min", "session.backoff-max");
        assertProblem(Map.of("session.replaced-wait", "5m"), "session.replaced-wait", "session.replaced-window");
        assertProblem(Map.of("session.keep-alive-interval", "50s"), "session.keep-alive-interval",
                "session.keep-alive-timeout");
    }

    private static void assertProblem(Map<String, String> options, String one, String other) {
        Settings settings = Settings.of(options);
        SessionPolicy.from(settings);
        assertThatThrownBy(settings::check).isInstanceOf(InvalidSettingsException.class).hasMessageContaining(one)
                .hasMessageContaining(other);
    }
}
