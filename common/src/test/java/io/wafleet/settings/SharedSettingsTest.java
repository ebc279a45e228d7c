package io.wafleet.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Defaults, full mapping and bad values of the settings that all roles share. */
final class SharedSettingsTest {

    @Test
    void kafkaHasDefaults() {
        assertThat(KafkaSettings.from(Settings.of(Map.of())))
                .isEqualTo(new KafkaSettings("127.0.0.1:9092", "wafleet.", 64, Optional.empty()));
    }

    @Test
    void kafkaTakesWhatIsGiven() {
        Settings given = Settings.of(Map.of("kafka.bootstrap", "a:1,b:2", "topic.prefix", "x-", "partitions", "8",
                "kafka.config", "client.properties"));
        assertThat(KafkaSettings.from(given))
                .isEqualTo(new KafkaSettings("a:1,b:2", "x-", 8, Optional.of(Path.of("client.properties"))));
        given.check();
    }

    @Test
    void kafkaRefusesBadValues() {
        Settings bad = Settings.of(Map.of("kafka.bootstrap", "a", "topic.prefix", "a b", "partitions", "0"));
        KafkaSettings.from(bad);
        assertThatThrownBy(bad::check).hasMessageContaining("--kafka-bootstrap").hasMessageContaining("--topic-prefix")
                .hasMessageContaining("--partitions");
    }

    @Test
    void identityHasDefaultsAndTheVariableOfOld() {
        assertThat(IdentitySettings.from(Settings.of(Map.of()))).isEqualTo(new IdentitySettings("prod", "RO"));
        assertThat(IdentitySettings.from(new Settings(Map.of(), Map.of("ACCOUNT_NAMESPACE", "staging"))).namespace())
                .isEqualTo("staging");
    }

    @Test
    void identityRefusesBadValues() {
        Settings bad = Settings.of(Map.of("account.namespace", "A B", "default.region", "XX"));
        IdentitySettings.from(bad);
        assertThatThrownBy(bad::check).hasMessageContaining("--account-namespace")
                .hasMessageContaining("--default-region");
    }

    @Test
    void timingsFollowTheProfile() {
        assertThat(Timings.from(Settings.of(Map.of()))).isEqualTo(Timings.of(Timings.Profile.STEADY));
        Timings fast = Timings.from(Settings.of(Map.of("timing.profile", "fast")));
        assertThat(fast.session()).isEqualTo(Duration.ofSeconds(1));
        assertThat(fast.heartbeat()).isEqualTo(Duration.ofMillis(100));
        assertThat(fast.transactionTimeout()).isEqualTo(fast.session());
        assertThat(fast.workerHeartbeat()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void timingsTakeWhatIsGivenOverTheProfile() {
        Timings timings = Timings.from(Settings.of(Map.of("session.timeout", "12s", "lease.margin", "200ms",
                "max.poll.interval", "1m")));
        assertThat(timings).isEqualTo(new Timings(Duration.ofSeconds(12), Duration.ofMillis(250),
                Duration.ofMillis(200), Duration.ofMinutes(1)));
    }

    @Test
    void timingsThatDoNotFitNameBothSettings() {
        Settings bad = Settings.of(Map.of("session.timeout", "1s", "heartbeat.interval", "500ms"));
        Timings.from(bad);
        assertThatThrownBy(bad::check).hasMessageContaining("session.timeout")
                .hasMessageContaining("heartbeat.interval");
        assertThatThrownBy(() -> new Timings(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(3),
                Duration.ofSeconds(30))).hasMessageContaining("session.timeout").hasMessageContaining("lease.margin");
        assertThatThrownBy(() -> new Timings(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMillis(100),
                Duration.ofSeconds(4))).hasMessageContaining("max.poll.interval")
                .hasMessageContaining("session.timeout");
    }
}
