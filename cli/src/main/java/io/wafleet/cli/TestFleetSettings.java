package io.wafleet.cli;

import io.wafleet.cli.fleet.FleetException;
import io.wafleet.cli.fleet.Report;
import io.wafleet.cli.fleet.Results;
import io.wafleet.contract.JsonCodec;
import io.wafleet.logging.Logging;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** What the commands that start a fleet of processes to try it out are told, and how the benches among them tell what they found. */
final class TestFleetSettings {
    static final Setting<Integer> ACCOUNTS = Setting.integer("accounts", 200, 1, 10_000,
            "How many accounts are linked.");
    static final Setting<Integer> WORKERS = DevSettings.WORKERS.withDefault("3");
    static final Setting<Path> JSON = Setting.path("json", "", "File that the result is written to as JSON.");
    static final Setting<Path> DIRECTORY = Setting.path("dir", "",
            "Folder for the data and logs of all processes, kept; otherwise a temporary one, kept after a failure.");

    private TestFleetSettings() {}

    static Optional<Path> path(Settings given, Setting<Path> setting) {
        return given.isGiven(setting) ? Optional.of(given.get(setting)) : Optional.empty();
    }

    /** The file wanted for the result; that it cannot be written is said before an hour's work, not after it. */
    static Optional<Path> json(Settings given) {
        Optional<Path> json = path(given, JSON);
        json.map(Path::toAbsolutePath).map(Path::getParent).filter(folder -> !Files.isDirectory(folder))
                .ifPresent(_ -> given.problem(JSON.option() + ": its folder does not exist"));
        return json;
    }

    /** Runs a bench: what people read goes to the error output, and the result, alone, as one line of JSON to the standard output. */
    static int report(Console console, Settings given, Function<PrintStream, ? extends Report> bench) {
        Logging.configure(Logging.Format.TEXT, Logging.Verbosity.ERROR);
        Optional<Path> json = json(given);
        given.check();
        try {
            Report report = bench.apply(console.err());
            console.out().println(JsonCodec.text(report));
            console.out().flush();
            json.ifPresent(file -> Results.write(file, report));
            return report.isSound() ? 0 : Console.FAILED;
        } catch (FleetException e) {
            return console.fail(e.getMessage());
        }
    }
}
