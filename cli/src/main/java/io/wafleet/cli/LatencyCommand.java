package io.wafleet.cli;

import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.load.LatencyBench;
import io.wafleet.cli.load.LatencyOptions;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** Measures how long messages take. */
final class LatencyCommand extends SettingsCommand {
    static final Setting<String> RATES = Setting.text("rates", "50,200,1000",
            "Messages a second, one rate after the other, 1 to 100000 each.");
    static final Setting<Duration> TIME = Setting.duration("time", "20s", Duration.ofSeconds(1), Duration.ofHours(1),
            "How long each rate lasts.");
    static final Setting<Integer> WORKERS = TestFleetSettings.WORKERS.withDefault("2");
    static final Setting<Duration> WARM_UP = Setting.duration("warm-up", "2m", Duration.ofSeconds(1),
            Duration.ofHours(1),
            "How long messages are sent before anything counts, at least; it goes on until the compilers are at rest.");
    static final Setting<Integer> PARTITIONS = KafkaSettings.PARTITIONS.withDefault("4");
    private static final int MAX_RATE = 100_000;
    private static final List<Setting<?>> SETTINGS = List.of(TestFleetSettings.ACCOUNTS, WORKERS, RATES, TIME,
            PARTITIONS, WARM_UP, TestFleetSettings.JSON, TestFleetSettings.DIRECTORY);

    LatencyCommand(Console console) {
        super(console, "latency", "Measures how long messages take from HTTP to WhatsApp, and until their status is"
                + " visible, beside a bare record's way through the broker.", SETTINGS);
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        List<Integer> rates = rates(given);
        LatencyOptions options = new LatencyOptions(given.get(TestFleetSettings.ACCOUNTS), given.get(WORKERS),
                given.get(PARTITIONS), given.get(WARM_UP), rates, given.get(TIME),
                TestFleetSettings.path(given, TestFleetSettings.DIRECTORY));
        return TestFleetSettings.report(console, given,
                people -> LatencyBench.run(options, Distribution.of(Main.class), people));
    }

    private static List<Integer> rates(Settings given) {
        List<Integer> rates = new ArrayList<>();
        for (String one : given.get(RATES).split(",", -1)) {
            if (!one.strip().matches("[0-9]{1,6}") || Integer.parseInt(one.strip()) < 1
                    || Integer.parseInt(one.strip()) > MAX_RATE) {
                given.problem(RATES.option() + ": must be numbers from 1 to " + MAX_RATE + " with commas between");
                return List.of();
            }
            rates.add(Integer.valueOf(one.strip()));
        }
        return rates;
    }
}
