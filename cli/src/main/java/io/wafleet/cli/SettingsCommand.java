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
    static final int HELP_WIDTH = 110;

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
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name(name).mixinStandardHelpOptions(true)
                .versionProvider(Version.PROVIDER);
        spec.usageMessage().description(description).sortOptions(false).abbreviateSynopsis(true).width(HELP_WIDTH);
        settings.forEach(setting -> spec.addOption(option(setting)));
        return spec;
    }

    final CommandLine line() {
        return new CommandLine(spec());
    }

    private static OptionSpec option(Setting<?> setting) {
        return OptionSpec.builder(setting.option()).paramLabel(label(setting.type())).type(String.class)
                .description(description(setting).replace("%", "%%")).build();
    }

    /** The sentence, then the range, the variable and the default. */
    private static String description(Setting<?> setting) {
        StringBuilder text = new StringBuilder(setting.description()).append(" (");
        if (isRange(setting.type())) {
            text.append(setting.type().replace("duration, ", "")).append("; ");
        }
        text.append(setting.environment());
        if (!setting.defaultText().isEmpty()) {
            text.append(", default ").append(setting.defaultText());
        }
        return text.append(")").toString();
    }

    /** What a value looks like; words to choose from are shown as such. */
    private static String label(String type) {
        if (type.startsWith("duration")) {
            return "<duration>";
        }
        return isRange(type) ? "<number>" : "<" + type.replace(", ", "|").replace(" or ", "|") + ">";
    }

    private static boolean isRange(String type) {
        return type.contains(" to ");
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
