package io.wafleet.cli;

import io.wafleet.contract.Topic;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.projector.ProjectorRole;
import io.wafleet.conversations.projector.ProjectorSettings;
import io.wafleet.conversations.projector.Rebuild;
import io.wafleet.conversations.store.StoreSettings;
import io.wafleet.logging.Logging;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Settings;
import io.wafleet.settings.Timings;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Runs the projector; or, with {@code --rebuild}, reads the topics once into the store, and ends. */
final class ProjectorCommand extends SettingsCommand {
    private static final String DESCRIPTION = "Brings what the topics tell into the store that people read.";
    private static final String REBUILD = "--rebuild";

    private final RoleCommand role;

    ProjectorCommand(Console console) {
        this(console, new RoleCommand(console, "projector", DESCRIPTION,
                CommandLines.all(ProjectorSettings.SETTINGS, StoreSettings.SETTINGS, KafkaSettings.SETTINGS,
                        Timings.SETTINGS),
                (s, m, h) -> RoleCommand.Started
                        .of(ProjectorRole.start(RoleCommand.read(s, ProjectorSettings::from), m, h))));
    }

    private ProjectorCommand(Console console, RoleCommand role) {
        super(console, role.name(), DESCRIPTION, role.settings());
        this.role = role;
    }

    @Override
    CommandSpec spec() {
        return super.spec().addOption(OptionSpec.builder(REBUILD).type(boolean.class)
                .description("Read all that the topics still hold into the store, once, and end. Projectors may go on"
                        + " meanwhile; what the store has stays.")
                .build());
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        return parsed.hasMatchedOption(REBUILD) ? rebuild(given) : role.run(given, parsed);
    }

    private int rebuild(Settings given) {
        Logging.configure(given.get(Logging.FORMAT), Logging.Verbosity.WARN);
        ProjectorSettings settings = RoleCommand.read(given, ProjectorSettings::from);
        try {
            tellEnd(Rebuild.run(settings, this::tell));
            return 0;
        } catch (StoreUnavailableException e) {
            return console.mend(e.getMessage());
        }
    }

    private void tell(Rebuild.Progress now) {
        console.out().printf(Locale.ROOT, "%3d %%  %,d changes, %,d a second%n",
                now.total() == 0 ? 100 : now.done() * 100 / now.total(), now.changes(), perSecond(now));
        console.out().flush();
    }

    private void tellEnd(Rebuild.Progress end) {
        Map<Topic, Long> read = new TreeMap<>(end.read());
        read.forEach((topic, records) -> console.out().printf(Locale.ROOT, "%-16s %,d records%n", topic.suffix(),
                records));
        console.out().printf(Locale.ROOT, "%,d changes kept in %.1f s, %,d a second; %,d records cannot be kept%n",
                end.changes(), end.took().toMillis() / 1_000.0, perSecond(end), end.poisoned());
        console.out().flush();
    }

    private static long perSecond(Rebuild.Progress now) {
        return now.changes() * 1_000 / Math.max(1, now.took().toMillis());
    }
}
