package io.wafleet.cli;

import io.wafleet.docs.GeneratedFile;
import io.wafleet.settings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The published settings table and command reference are what the declarations say. */
final class CommandLineDocumentsTest {
    private static final CommandLine WAFLEET = CommandLines.wafleet(Map.of(), System.out, System.err);

    /** A setting, and the commands that read it, with the default that each has. */
    private record Row(Setting<?> setting, Map<String, String> defaults) {}

    @Test
    void settingsTableIsTheGeneratedOne() {
        List<String> lines = new ArrayList<>(List.of("# Settings", "",
                "Generated from the declarations. Each setting is a command-line option and an environment variable; the option",
                "wins over the variable, the variable over the default. In `dev` every other setting of a role counts by its variable.",
                "", "| Option | Environment variable | Value | Default | What it is | Commands |",
                "|---|---|---|---|---|---|"));
        for (Row row : rows().values()) {
            lines.add(line(row));
        }
        GeneratedFile.check("docs/settings.md", String.join("\n", lines) + "\n");
    }

    @Test
    void commandReferenceIsTheGeneratedOne() {
        StringBuilder text = new StringBuilder("# Command line\n\nGenerated from the command line's own help.\n");
        text.append(help("wafleet", WAFLEET));
        shown(WAFLEET).forEach(line -> text.append(help(line.getCommandSpec().qualifiedName(), line)));
        GeneratedFile.check("docs/cli.md", text.toString());
    }

    /** Every command that people are to see, with those under it. */
    private static Stream<CommandLine> shown(CommandLine line) {
        return line.getSubcommands().values().stream().filter(c -> !c.getCommandSpec().usageMessage().hidden())
                .flatMap(c -> Stream.concat(Stream.of(c), shown(c)));
    }

    private static String help(String title, CommandLine line) {
        String usage = line.getUsageMessage(Ansi.OFF).lines().map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
        return "\n## " + title + "\n\n```text\n" + usage + "\n```\n";
    }

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        shown(WAFLEET).forEach(line -> {
            if (line.getCommandSpec().userObject() instanceof SettingsCommand command) {
                command.settings().forEach(
                        setting -> rows.computeIfAbsent(setting.key(),
                                _ -> new Row(setting, new LinkedHashMap<>())).defaults
                                .put(command.name(), setting.defaultText()));
            }
        });
        return rows;
    }

    private static String line(Row row) {
        Setting<?> setting = row.setting();
        return "| `" + setting.option() + "` | `" + setting.environment() + "` | " + setting.type() + " | "
                + defaults(row.defaults()) + " | " + setting.description().replace("|", "\\|") + " | "
                + String.join(", ", row.defaults().keySet()) + " |";
    }

    /** One default, or each with its commands. */
    private static String defaults(Map<String, String> byCommand) {
        Map<String, List<String>> commands = byCommand.entrySet().stream().collect(Collectors.groupingBy(
                Map.Entry::getValue, LinkedHashMap::new, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        if (commands.size() == 1) {
            return code(commands.keySet().iterator().next());
        }
        return commands.entrySet().stream().map(e -> code(e.getKey()) + " (" + String.join(", ", e.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
