package io.wafleet.cli;

import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.FleetException;
import io.wafleet.cli.fleet.Results;
import io.wafleet.cli.torture.Torture;
import io.wafleet.cli.torture.TortureOptions;
import io.wafleet.cli.torture.TortureReport;
import io.wafleet.logging.Logging;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.ParseResult;

/** Kills, ends, freezes and starts processes of a fleet at random while it works, and checks its promises. */
final class TortureCommand extends SettingsCommand {
    static final Setting<Integer> ROUNDS = Setting.integer("rounds", 20, 1, 10_000,
            "How often a process is struck; in the middle, the broker is killed and started again.");
    static final Setting<Integer> SEED = Setting.integer("seed", 0, 0, Integer.MAX_VALUE,
            "Seed of all choices; 0 draws one, which is printed.");
    static final Setting<Integer> SESSION = FailoverCommand.SESSION.withDefault("2000");
    private static final List<Setting<?>> SETTINGS = List.of(TestFleetSettings.ACCOUNTS, TestFleetSettings.WORKERS,
            ROUNDS, SEED, SESSION, KafkaSettings.PARTITIONS, TestFleetSettings.JSON,
            TestFleetSettings.DIRECTORY);

    TortureCommand(Console console) {
        super(console, "torture", "Kills, ends, freezes and starts processes of a fleet of its own at random while"
                + " accounts write to each other; then checks that all accounts are connected and every accepted"
                + " message was received, once and in order.", SETTINGS);
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        Logging.configure(Logging.Format.TEXT, Logging.Verbosity.ERROR);
        int seed = given.get(SEED);
        TortureOptions options = new TortureOptions(given.get(TestFleetSettings.ACCOUNTS),
                given.get(TestFleetSettings.WORKERS), given.get(ROUNDS),
                seed == 0 ? ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE) : seed,
                Duration.ofMillis(given.get(SESSION)), given.get(KafkaSettings.PARTITIONS),
                TestFleetSettings.path(given, TestFleetSettings.DIRECTORY));
        if (options.workers() < 2) {
            given.problem(TestFleetSettings.WORKERS.option() + ": must be 2 or more, so that never all are struck");
        }
        if (options.accounts() < 2) {
            given.problem(
                    TestFleetSettings.ACCOUNTS.option() + ": must be 2 or more, so that they can write to each other");
        }
        Optional<Path> json = TestFleetSettings.json(given);
        given.check();
        try {
            TortureReport report = Torture.run(options, Distribution.of(Main.class), console.out());
            json.ifPresent(file -> Results.write(file, report));
            return report.problems().isEmpty() ? 0 : Console.FAILED;
        } catch (FleetException e) {
            return console.fail(e.getMessage());
        }
    }
}
