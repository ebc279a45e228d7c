package io.wafleet.cli;

import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.load.ScaleBench;
import io.wafleet.cli.load.ScaleOptions;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** Measures what many accounts cost. */
final class ScaleCommand extends SettingsCommand {
    static final Setting<Integer> ACCOUNTS = TestFleetSettings.ACCOUNTS.withDefault("1000");
    static final Setting<Duration> IDLE = Setting.duration("idle", "20s", Duration.ofSeconds(1), Duration.ofHours(1),
            "How long the fleet is watched doing nothing.");
    private static final List<Setting<?>> SETTINGS = List.of(ACCOUNTS, LatencyCommand.WORKERS, IDLE,
            KafkaSettings.PARTITIONS, TestFleetSettings.JSON, TestFleetSettings.DIRECTORY);

    ScaleCommand(Console console) {
        super(console, "scale",
                "Measures what many accounts cost: memory and idle processor time in each role, and how fast all connect.",
                SETTINGS);
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        ScaleOptions options = new ScaleOptions(given.get(ACCOUNTS), given.get(LatencyCommand.WORKERS),
                given.get(KafkaSettings.PARTITIONS), given.get(IDLE),
                TestFleetSettings.path(given, TestFleetSettings.DIRECTORY));
        return TestFleetSettings.report(console, given,
                people -> ScaleBench.run(options, Distribution.of(Main.class), people));
    }
}
