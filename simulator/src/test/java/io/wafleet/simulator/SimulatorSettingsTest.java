package io.wafleet.simulator;

import io.wafleet.settings.InvalidSettingsException;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import io.wafleet.simulator.whatsapp.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SimulatorSettingsTest {
    @Test
    void defaultsAreThoseOfWhatsApp() {
        assertThat(SimulatorSettings.from(Settings.of(Map.of()))).isEqualTo(
                new SimulatorSettings("127.0.0.1", 8090, Optional.empty(), Behaviour.standard(), 0, 200_000));
    }

    @Test
    void readsEverySetting() {
        Settings given = Settings.of(Map.ofEntries(Map.entry("simulator.host", "0.0.0.0"),
                Map.entry("simulator.port", "0"), Map.entry("simulator.data.dir", "data"),
                Map.entry("simulator.qr.first.validity", "1s"), Map.entry("simulator.qr.validity", "2s"),
                Map.entry("simulator.qr.refs", "3"), Map.entry("simulator.ack.delay", "4ms"),
                Map.entry("simulator.delivered.delay", "5ms"), Map.entry("simulator.read.auto", "true"),
                Map.entry("simulator.read.delay", "6ms"), Map.entry("simulator.credential.bytes", "7"),
                Map.entry("simulator.seed", "8"), Map.entry("simulator.ledger.entries", "9000")));

        assertThat(SimulatorSettings.from(given)).isEqualTo(new SimulatorSettings("0.0.0.0", 0,
                Optional.of(Path.of("data")),
                new Behaviour(Duration.ofSeconds(1), Duration.ofSeconds(2), 3, Duration.ofMillis(4),
                        Duration.ofMillis(5), Duration.ofMillis(6), true, 7, Duration.ofSeconds(30), 9_000),
                8, 9_000));
    }

    @Test
    void theReadmeNamesEverySettingWithItsDefaultAndDescription() throws java.io.IOException {
        String readme = java.nio.file.Files.readString(Path.of("README.md"));
        for (Setting<?> setting : SimulatorSettings.SETTINGS) {
            String standard = setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "` ";
            assertThat(readme).contains("| `" + setting.option() + "` | `" + setting.environment() + "` | " + standard
                    + "| " + setting.description() + " |");
        }
    }

    @Test
    void namesEveryBadValueAtOnce() {
        Settings bad = Settings.of(Map.of("simulator.port", "70000", "simulator.qr.refs", "none"));
        SimulatorSettings.from(bad);

        assertThatThrownBy(bad::check).isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("--simulator-port").hasMessageContaining("--simulator-qr-refs");
    }
}
