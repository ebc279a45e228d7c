package io.wafleet.cli;

import io.wafleet.embedded.EmbeddedBrokerSettings;
import io.wafleet.gateway.GatewaySettings;
import io.wafleet.logging.Logging;
import io.wafleet.settings.IdentitySettings;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import io.wafleet.settings.Timings;
import io.wafleet.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code wafleet dev} is told; everything else has its default.
 *
 * @param dataDir where broker, outbox, conversations, simulator and the credential keys keep what must survive a restart
 * @param brokerPort 0 takes a free one
 * @param workers how many connector workers run
 */
record DevSettings(Path dataDir, int httpPort, int simulatorPort, int brokerPort, int workers, int partitions,
        Timings timings) {
    static final Setting<Path> DATA_DIR = EmbeddedBrokerSettings.DATA_DIR;
    static final Setting<Integer> BROKER_PORT = EmbeddedBrokerSettings.PORT.withDefault("0");
    static final Setting<Integer> WORKERS = Setting.integer("workers", 2, 1, 16, "How many connector workers run.");

    /** In the order of the help. */
    static final List<Setting<?>> SETTINGS = List.of(DATA_DIR, GatewaySettings.PORT, SimulatorSettings.PORT,
            BROKER_PORT,
            WORKERS, KafkaSettings.PARTITIONS, Timings.PROFILE, IdentitySettings.NAMESPACE, IdentitySettings.REGION,
            Logging.FORMAT, Logging.LEVEL);

    static DevSettings from(Settings settings) {
        return new DevSettings(settings.get(DATA_DIR), settings.get(GatewaySettings.PORT),
                settings.get(SimulatorSettings.PORT), settings.get(BROKER_PORT), settings.get(WORKERS),
                settings.get(KafkaSettings.PARTITIONS), Timings.from(settings));
    }
}
