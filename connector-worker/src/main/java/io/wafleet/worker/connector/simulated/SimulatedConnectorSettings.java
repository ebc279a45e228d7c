package io.wafleet.worker.connector.simulated;

import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.net.URI;
import java.util.List;

/**
 * Where the simulated WhatsApp is.
 *
 * @param uri of its WebSocket
 */
public record SimulatedConnectorSettings(URI uri) {
    public static final Setting<String> URL = Setting.text("simulator.url", "ws://127.0.0.1:8090/ws",
            "WebSocket address of the simulated WhatsApp.");

    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = List.of(URL);

    public SimulatedConnectorSettings {
        if (!List.of("ws", "wss").contains(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException("must be an address such as " + URL.defaultText());
        }
    }

    public static SimulatedConnectorSettings from(Settings settings) {
        try {
            return new SimulatedConnectorSettings(URI.create(settings.get(URL)));
        } catch (IllegalArgumentException _) {
            settings.problem(URL.option() + ": must be an address such as " + URL.defaultText());
            return new SimulatedConnectorSettings(URI.create(URL.defaultText()));
        }
    }
}
