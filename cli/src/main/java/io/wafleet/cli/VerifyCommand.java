package io.wafleet.cli;

import io.wafleet.cli.fleet.Distribution;
import io.wafleet.cli.fleet.FleetException;
import io.wafleet.cli.fleet.Http;
import io.wafleet.cli.fleet.Results;
import io.wafleet.cli.verify.Scenario;
import io.wafleet.cli.verify.Target;
import io.wafleet.cli.verify.Timers;
import io.wafleet.cli.verify.Verify;
import io.wafleet.cli.verify.VerifyOptions;
import io.wafleet.cli.verify.VerifyReport;
import io.wafleet.cli.verify.scenario.Scenarios;
import io.wafleet.logging.Logging;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Plays named scenarios on a fleet, and says which of its promises hold. */
final class VerifyCommand extends SettingsCommand {
    private static final String SCENARIO = "--scenario";
    private static final String LIST = "--list";
    private static final String REAL_TIME = "--real-time";
    private static final String AGAINST = "--against";
    private static final String SIMULATOR = "--simulator";
    private static final List<Setting<?>> SETTINGS = List.of(TestFleetSettings.JSON, TestFleetSettings.DIRECTORY);

    VerifyCommand(Console console) {
        super(console, "verify", "Plays scenarios on a fleet of separate processes that it starts, or on one that runs:"
                + " takeovers, logouts, pairing, reconnects, identity. Prints for each PASS or FAIL with the evidence.",
                SETTINGS);
    }

    @Override
    CommandSpec spec() {
        CommandSpec spec = super.spec();
        spec.addOption(OptionSpec.builder(SCENARIO).paramLabel("<name>").type(List.class).auxiliaryTypes(String.class)
                .description("Only this scenario; may be given several times.").build());
        spec.addOption(OptionSpec.builder(LIST).type(boolean.class)
                .description("Only list the scenarios, each with the defect that it answers.").build());
        spec.addOption(OptionSpec.builder(REAL_TIME).type(boolean.class)
                .description("With the timers that a fleet has by default: takes some three hours.").build());
        spec.addOption(OptionSpec.builder(AGAINST).paramLabel("<url>").type(String.class)
                .description("Address of the gateway of a fleet that runs: only what needs no process of it is played,"
                        + " the rest is skipped. Adds accounts of its own and deletes them. Timers set in its environment"
                        + " must be set in this command's, too.")
                .build());
        spec.addOption(OptionSpec.builder(SIMULATOR).paramLabel("<url>").type(String.class)
                .description("Address of that fleet's simulator; without it most scenarios are skipped.").build());
        spec.usageMessage().footer("", "Exit code 0 when no scenario failed, else 1.");
        return spec;
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        Logging.configure(Logging.Format.TEXT, Logging.Verbosity.ERROR);
        if (parsed.hasMatchedOption(LIST)) {
            Scenarios.all().forEach(s -> console.out().printf("%-34s %s%n", s.name(), s.answers()));
            return 0;
        }
        List<Scenario> scenarios = scenarios(given, parsed.matchedOptionValue(SCENARIO, List.<String>of()));
        Optional<Target> target = target(given, parsed);
        Optional<Path> json = TestFleetSettings.json(given);
        VerifyOptions options = new VerifyOptions(parsed.hasMatchedOption(REAL_TIME),
                TestFleetSettings.path(given, TestFleetSettings.DIRECTORY));
        Timers timers = Timers.of(given);
        given.check();
        try {
            VerifyReport report = target.isPresent()
                    ? Verify.against(target.get(), timers, scenarios, console.out())
                    : Verify.onOwnFleet(options, scenarios, Distribution.of(Main.class), console.out());
            json.ifPresent(file -> Results.write(file, report));
            return report.failed() == 0 ? 0 : Console.FAILED;
        } catch (FleetException e) {
            return console.fail(e.getMessage());
        }
    }

    private static List<Scenario> scenarios(Settings given, List<String> wanted) {
        List<String> known = Scenarios.all().stream().map(Scenario::name).toList();
        wanted.stream().filter(name -> !known.contains(name)).forEach(
                name -> given.problem(SCENARIO + ": there is no " + name + "; wafleet verify --list names all"));
        return Scenarios.all().stream().filter(s -> wanted.isEmpty() || wanted.contains(s.name())).toList();
    }

    private static Optional<Target> target(Settings given, ParseResult parsed) {
        String against = parsed.matchedOptionValue(AGAINST, (String) null);
        String simulator = parsed.matchedOptionValue(SIMULATOR, (String) null);
        if (against == null) {
            if (simulator != null) {
                given.problem(SIMULATOR + ": only with " + AGAINST);
            }
            return Optional.empty();
        }
        if (parsed.hasMatchedOption(REAL_TIME)) {
            given.problem(REAL_TIME + ": not with " + AGAINST + ", whose fleet has the timers that it has");
        }
        String gateway = address(given, AGAINST, against, "/api/fleet", "a gateway");
        String phones = simulator == null
                ? null
                : address(given, SIMULATOR, simulator, "/api/ledger/summary", "a simulator");
        return gateway == null ? Optional.empty() : Optional.of(new Target(gateway, phones));
    }

    /** The address without a slash at its end, when what is wanted answers there; else a problem, and null. */
    private static @Nullable String address(Settings given, String option, String written, String path, String what) {
        String url = written.replaceAll("/+$", "");
        try (Http http = new Http()) {
            URI uri = URI.create(url);
            if (!List.of("http", "https").contains(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
                given.problem(option + ": must be an address such as http://127.0.0.1:8080");
                return null;
            }
            Http.Answer answer = http.get(url + path);
            if (answer.status() == 200 && answer.body().startsWith("{")) {
                return url;
            }
            given.problem(option + ": " + (answer.status() == 0
                    ? "nothing answers"
                    : "no " + what.substring(2)
                            + " answers")
                    + " at " + url);
        } catch (IllegalArgumentException _) {
            given.problem(option + ": must be an address such as http://127.0.0.1:8080");
        }
        return null;
    }
}
