package io.wafleet.outbox;

import io.wafleet.outbox.core.OutboxPolicy;
import io.wafleet.outbox.kafka.StreamsOptions;
import io.wafleet.settings.InvalidSettingsException;
import io.wafleet.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OutboxSettingsTest {
    @Test
    void theDefaultsAreTheHousePlans() {
        OutboxSettings settings = from(Map.of());
        assertThat(settings.policy()).isEqualTo(OutboxPolicy.standard());
        assertThat(settings.streams()).isEqualTo(
                new StreamsOptions(Path.of("data/outbox"), Duration.ofMillis(30), 1, 1, 64));
    }

    @Test
    void everySettingIsTaken() {
        OutboxSettings settings = from(Map.ofEntries(Map.entry("outbox.state.dir", "there"),
                Map.entry("outbox.commit.interval", "50ms"), Map.entry("outbox.threads", "2"),
                Map.entry("outbox.standbys", "0"), Map.entry("outbox.store.memory", "128"),
                Map.entry("outbox.parallel.chats", "8"), Map.entry("pacing.burst", "5"),
                Map.entry("pacing.interval", "2s"), Map.entry("retry.attempts", "3"),
                Map.entry("retry.backoff.min", "1s"), Map.entry("retry.backoff.max", "9s"),
                Map.entry("outcome.timeout", "30s"), Map.entry("message.expiry", "1h"),
                Map.entry("outbox.max.queued", "99")));
        OutboxPolicy standard = OutboxPolicy.standard();
        assertThat(settings.streams()).isEqualTo(
                new StreamsOptions(Path.of("there"), Duration.ofMillis(50), 2, 0, 128));
        assertThat(settings.policy()).isEqualTo(new OutboxPolicy(8, 5, Duration.ofSeconds(2), 3,
                Duration.ofSeconds(1), Duration.ofSeconds(9), Duration.ofSeconds(30), standard.notAttemptedPause(),
                Duration.ofHours(1), standard.maxAhead(), standard.keysKept(), standard.finalsKept(), 99));
    }

    @Test
    void valuesThatDoNotFitTogetherAreRefusedByName() {
        assertThatThrownBy(() -> from(Map.of("retry.backoff.min", "1m", "retry.backoff.max", "1s")))
                .isInstanceOf(InvalidSettingsException.class).hasMessageContaining("--retry-backoff-max")
                .hasMessageContaining("--retry-backoff-min");
        assertThatThrownBy(() -> from(Map.of("outbox.commit.interval", "1s", "session.timeout", "2s")))
                .isInstanceOf(InvalidSettingsException.class).hasMessageContaining("--outbox-commit-interval")
                .hasMessageContaining("--session-timeout");
        assertThatThrownBy(() -> from(Map.of("outbox.threads", "0"))).hasMessageContaining("--outbox-threads");
    }

    private static OutboxSettings from(Map<String, String> given) {
        Settings settings = Settings.of(given);
        OutboxSettings outbox = OutboxSettings.from(settings);
        settings.check();
        return outbox;
    }
}
