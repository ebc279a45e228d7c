package io.wafleet.cli;

import io.wafleet.kafka.KafkaClients;
import io.wafleet.kafka.Topics;
import io.wafleet.logging.Logging;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Creates the fleet's topics where they are missing, and checks those that exist. */
final class TopicsCommand extends SettingsCommand {
    static final Setting<Integer> REPLICATION = Setting.integer("replication", 0, 0, 9,
            "Copies of each partition; 0 leaves it to the broker.");
    private static final String CHECK = "--check";

    TopicsCommand(Console console) {
        super(console, "topics", "Creates the fleet's topics where they are missing, and checks those that exist.",
                declared());
    }

    private static List<Setting<?>> declared() {
        List<Setting<?>> all = new ArrayList<>(KafkaSettings.SETTINGS);
        all.add(REPLICATION);
        return all;
    }

    @Override
    CommandSpec spec() {
        return super.spec().addOption(OptionSpec.builder(CHECK).type(boolean.class)
                .description("Only check; create nothing.").build());
    }

    @Override
    int run(Settings given, ParseResult parsed) {
        Logging.configure(Logging.Format.TEXT, Logging.Verbosity.ERROR);
        KafkaSettings kafka = KafkaSettings.from(given);
        int replication = given.get(REPLICATION);
        given.check();
        try (Admin admin = new KafkaClients(kafka).admin("topics")) {
            Topics topics = new Topics(admin, kafka);
            if (parsed.hasMatchedOption(CHECK)) {
                topics.check();
                console.out().println("all topics exist and fit");
                return 0;
            }
            Topics.Report report = topics.create(replication);
            report.created().forEach(name -> console.out().println("created  " + name));
            report.existing().forEach(name -> console.out().println("exists   " + name));
            return 0;
        }
    }
}
