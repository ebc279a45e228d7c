package io.wafleet.cli;

import io.wafleet.cli.bench.TakeoverBench;
import io.wafleet.cli.bench.TakeoverOptions;
import io.wafleet.cli.fleet.Distribution;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** Measures what it takes to take over a partition with a large journal. */
final class TakeoverCommand extends SettingsCommand {
    static final Setting<Integer> ACCOUNTS = TestFleetSettings.ACCOUNTS.withDefault("500");
    static final Setting<Integer> KILOBYTES = Setting.integer("credentials.kb", 130, 0, 10_000,
            "How large each account's credentials are, in kB.");
    static final Setting<Integer> PARTS = Setting.integer("credential.parts", 800, 1, 100_000,
            "Of how many records each account's credentials consist.");
    static final Setting<Integer> RUNS = Setting.integer("runs", 3, 1, 1_000, "How often a worker takes it over.");
    private static final List<Setting<?>> SETTINGS = List.of(ACCOUNTS, KILOBYTES, PARTS, RUNS, TestFleetSettings.JSON,
            TestFleetSettings.DIRECTORY);

    TakeoverCommand(Console console) {
        super(console, "takeover", "Measures the takeover of one partition whose journal holds many accounts with large"
                + " credentials, beside what a bare consumer needs to read it.", SETTINGS);
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        TakeoverOptions options = new TakeoverOptions(given.get(ACCOUNTS), given.get(KILOBYTES), given.get(PARTS),
                given.get(RUNS), TestFleetSettings.path(given, TestFleetSettings.DIRECTORY));
        return TestFleetSettings.report(console, given,
                people -> TakeoverBench.run(options, Distribution.of(Main.class), people));
    }
}
