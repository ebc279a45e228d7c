package io.wafleet.embedded;

import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the embedded broker listens and keeps its data.
 *
 * @param host address it listens on, and names to its clients unless {@code advertisedHost} does
 * @param port 0 takes a free one
 * @param advertisedHost what clients are told to connect to; empty: the host, or 127.0.0.1 when that is every address
 * @param dataDir folder of its own; made when missing
 */
public record EmbeddedBrokerSettings(String host, int port, String advertisedHost, Path dataDir) {
    public static final Setting<String> HOST = Setting.text("broker.host", "127.0.0.1",
            "Address that the broker listens on.");
    public static final Setting<Integer> PORT = Setting.port("broker.port", 9092,
            "Port that the broker listens on; 0 takes a free one.");
    public static final Setting<String> ADVERTISED_HOST = Setting.text("broker.advertised.host", "",
            "Host that clients are told to connect to, when it is not the address listened on.");
    public static final Setting<Path> DATA_DIR = Setting.path("data.dir", "data",
            "Folder that keeps what must survive a restart.");

    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = List.of(HOST, PORT, ADVERTISED_HOST, DATA_DIR);

    public static EmbeddedBrokerSettings from(Settings settings) {
        String host = settings.get(HOST);
        if (host.isBlank() || host.contains(" ")) {
            settings.problem(HOST.option() + ": must be a host name or address");
        }
        return new EmbeddedBrokerSettings(host, settings.get(PORT), settings.get(ADVERTISED_HOST),
                settings.get(DATA_DIR));
    }

    String hostForClients() {
        if (!advertisedHost.isEmpty()) {
            return advertisedHost;
        }
        return host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    }
}
