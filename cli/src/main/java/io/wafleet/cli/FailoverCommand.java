package io.wafleet.cli;

import io.wafleet.cli.bench.FailoverBench;
import io.wafleet.cli.bench.FailoverKind;
import io.wafleet.cli.bench.FailoverOptions;
import io.wafleet.cli.fleet.Distribution;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Measures how fast accounts are connected again when a worker dies, ends, freezes or joins. */
final class FailoverCommand extends SettingsCommand {
    static final Setting<FailoverKind> KIND = Setting.choice("kind", FailoverKind.class, FailoverKind.KILL,
            "What happens in each run: SIGKILL, SIGTERM, SIGSTOP for five sessions, or one more worker.");
    static final Setting<Integer> RUNS = Setting.integer("runs", 10, 1, 1_000, "How often it happens.");
    static final Setting<Integer> SESSION = Setting.integer("session.ms", 1_000, 300, 60_000,
            "Session timeout of every process.");
    private static final List<Setting<?>> SETTINGS = List.of(KIND, TestFleetSettings.ACCOUNTS,
            TestFleetSettings.WORKERS, RUNS, SESSION, KafkaSettings.PARTITIONS, TestFleetSettings.JSON,
            TestFleetSettings.DIRECTORY);

    FailoverCommand(Console console) {
        super(console, "failover", "Measures how fast accounts are connected again when a worker dies, ends, freezes"
                + " or joins: broker, simulator, outbox, gateway and workers as processes of their own.", SETTINGS);
    }

    @Override
    CommandSpec spec() {
        CommandSpec spec = super.spec();
        List<String> footer = new ArrayList<>(List.of("", "Columns, in ms by the simulator's clock:"));
        FailoverBench.legend().lines().map(l -> "  " + l).forEach(footer::add);
        footer.add("");
        footer.add("Exit code 0 when no account was lost and no former owner acted or wrote, else 1.");
        spec.usageMessage().footer(footer.toArray(String[]::new));
        return spec;
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        FailoverOptions options = new FailoverOptions(given.get(KIND), given.get(TestFleetSettings.ACCOUNTS),
                given.get(TestFleetSettings.WORKERS), given.get(RUNS), Duration.ofMillis(given.get(SESSION)),
                given.get(KafkaSettings.PARTITIONS), TestFleetSettings.path(given, TestFleetSettings.DIRECTORY));
        if (options.workers() < 2 && options.kind() != FailoverKind.JOIN) {
            given.problem(TestFleetSettings.WORKERS.option() + ": must be 2 or more, so that one can take over");
        }
        if (options.partitions() <= options.workers()) {
            given.problem(KafkaSettings.PARTITIONS.option() + ": must be more than "
                    + TestFleetSettings.WORKERS.option());
        }
        return TestFleetSettings.report(console, given,
                people -> FailoverBench.run(options, Distribution.of(Main.class), people));
    }
}
