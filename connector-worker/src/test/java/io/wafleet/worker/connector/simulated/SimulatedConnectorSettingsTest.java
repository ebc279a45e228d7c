package io.wafleet.worker.connector.simulated;

import io.wafleet.settings.InvalidSettingsException;
import io.wafleet.settings.Settings;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where the simulated WhatsApp is. */
class SimulatedConnectorSettingsTest {

    @Test
    void defaultIsTheSimulatorOnThisMachine() {
        assertThat(SimulatedConnectorSettings.from(Settings.of(Map.of())).uri())
                .isEqualTo(URI.create("ws://127.0.0.1:8090/ws"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/ws", "not an address", "ws:", "127.0.0.1:8090"})
    void whatIsNoWebSocketAddressIsAProblem(String url) {
        Settings settings = Settings.of(Map.of("simulator.url", url));
        SimulatedConnectorSettings.from(settings);

        assertThatThrownBy(settings::check).isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("--simulator-url");
    }
}
