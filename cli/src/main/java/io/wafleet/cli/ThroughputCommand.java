package io.wafleet.cli;

import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.load.ThroughputBench;
import io.wafleet.cli.load.ThroughputOptions;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** Measures how many messages a fleet sends. */
final class ThroughputCommand extends SettingsCommand {
    /** Each sends to four chats at a time: fewer accounts would wait for WhatsApp while the machine has time left. */
    static final Setting<Integer> ACCOUNTS = TestFleetSettings.ACCOUNTS.withDefault("400");
    static final Setting<Duration> TIME = LatencyCommand.TIME.withDefault("30s");
    static final Setting<Duration> WARM_UP = LatencyCommand.WARM_UP.withDefault("150s");
    static final Setting<Integer> BACKLOG = Setting.integer("backlog", 10_000, 500, 1_000_000,
            "Messages that may be accepted and not yet sent; clients wait while there are more.");
    private static final List<Setting<?>> SETTINGS = List.of(ACCOUNTS, LatencyCommand.WORKERS, TIME,
            BACKLOG,
            LatencyCommand.PARTITIONS, WARM_UP, TestFleetSettings.JSON, TestFleetSettings.DIRECTORY);

    ThroughputCommand(Console console) {
        super(console, "throughput",
                "Measures how many keyed messages a second are sent while the backlog stays bounded, and where the processor time goes, beside a bare transactional read-process-write.",
                SETTINGS);
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        ThroughputOptions options = new ThroughputOptions(given.get(ACCOUNTS),
                given.get(LatencyCommand.WORKERS), given.get(LatencyCommand.PARTITIONS),
                given.get(WARM_UP), given.get(TIME),
                given.get(BACKLOG),
                TestFleetSettings.path(given, TestFleetSettings.DIRECTORY));
        return TestFleetSettings.report(console, given,
                people -> ThroughputBench.run(options, Distribution.of(Main.class), people));
    }
}
