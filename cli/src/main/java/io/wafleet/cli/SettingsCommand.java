package io.wafleet.cli;

import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** A command whose options are settings: each setting is an option, named, described and defaulted by its declaration. */
abstract class SettingsCommand implements CommandLines.Action {
    final Console console;
    private final String name;
    private final String description;
    private final List<Setting<?>> settings;

    SettingsCommand(Console console, String name, String description, List<Setting<?>> settings) {
        this.console = console;
        this.name = name;
        this.description = description;
        this.settings = List.copyOf(settings);
    }

    final String name() {
        return name;
    }

    final List<Setting<?>> settings() {
        return settings;
    }

    /** The command for picocli; further options may be added to it. */
    CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name(name).mixinStandardHelpOptions(true);
        spec.usageMessage().description(description).sortOptions(false).width(110)
                .adjustLineBreaksForWideCJKCharacters(false);
        settings.forEach(setting -> spec.addOption(option(setting)));
        return spec;
    }

    final CommandLine line() {
        return new CommandLine(spec());
    }

    private static OptionSpec option(Setting<?> setting) {
        String by = setting.defaultText().isEmpty() ? "" : ", default " + setting.defaultText();
        return OptionSpec.builder(setting.option()).paramLabel(label(setting.type()))
                .type(String.class)
                .description(setting.description(), "(" + setting.environment() + by + ")").build();
    }

    /** Choices are shown as such; of a range in words its first word. */
    private static String label(String type) {
        return type.startsWith("duration") ? "<duration>" : "<" + type.replace(", ", "|") + ">";
    }

    @Override
    public final int run(ParseResult parsed) {
        Map<String, String> options = new HashMap<>();
        for (Setting<?> setting : settings) {
            String value = parsed.matchedOptionValue(setting.option(), (String) null);
            if (value != null) {
                options.put(setting.key(), value);
            }
        }
        return run(new Settings(options, console.environment()), parsed);
    }

    /** Does the command's work. */
    abstract int run(Settings given, ParseResult parsed);
}
