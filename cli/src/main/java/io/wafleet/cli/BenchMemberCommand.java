package io.wafleet.cli;

import io.wafleet.cli.bench.BareMember;
import io.wafleet.logging.Logging;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import io.wafleet.settings.Timings;
import io.wafleet.worker.WorkerSettings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** A bare consumer that benchmarks start as the floor; not for people. */
final class BenchMemberCommand extends SettingsCommand {
    BenchMemberCommand(Console console) {
        super(console, "bench-member", "A bare consumer that benchmarks start as the floor.", settingsOfGroup());
    }

    private static List<Setting<?>> settingsOfGroup() {
        List<Setting<?>> all = new ArrayList<>(KafkaSettings.SETTINGS);
        all.addAll(Timings.SETTINGS);
        all.add(WorkerSettings.PROTOCOL);
        return all;
    }

    @Override
    CommandSpec spec() {
        CommandSpec spec = super.spec();
        spec.usageMessage().hidden(true);
        return spec;
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        Logging.configure(Logging.Format.TEXT, Logging.Verbosity.ERROR);
        KafkaSettings kafka = KafkaSettings.from(given);
        Timings timings = Timings.from(given);
        var protocol = given.get(WorkerSettings.PROTOCOL);
        given.check();
        BareMember.run(kafka, timings, protocol, console.out(), StopSignals.first());
        return 0;
    }
}
