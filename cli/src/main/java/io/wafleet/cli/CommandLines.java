package io.wafleet.cli;

import io.wafleet.embedded.EmbeddedBroker;
import io.wafleet.embedded.EmbeddedBrokerSettings;
import io.wafleet.gateway.GatewayRole;
import io.wafleet.gateway.GatewaySettings;
import io.wafleet.outbox.OutboxRole;
import io.wafleet.outbox.OutboxSettings;
import io.wafleet.settings.IdentitySettings;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Timings;
import io.wafleet.simulator.SimulatorRole;
import io.wafleet.simulator.SimulatorSettings;
import io.wafleet.worker.WorkerRole;
import io.wafleet.worker.WorkerSettings;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All commands, put together. Options come from the settings' declarations, so there is nothing to keep in step. */
final class CommandLines {
    private CommandLines() {}

    static CommandLine wafleet(Map<String, String> environment, PrintStream out, PrintStream err) {
        Console console = new Console(environment, out, err);
        CommandSpec root = CommandSpec.create().name("wafleet").mixinStandardHelpOptions(true)
                .versionProvider(Version.PROVIDER);
        root.usageMessage().width(SettingsCommand.HELP_WIDTH).description("Runs a fleet of WhatsApp accounts on Kafka.")
                .footer("", "Every option can also be set by the environment variable that its help names.",
                        "Exit codes: 0 done, 1 failed, 2 something to mend (named in one line).");
        for (SettingsCommand command : commands(console)) {
            root.addSubcommand(command.name(), command.line());
        }
        root.addSubcommand("bench", group("bench", "Measures a fleet of processes of its own.",
                new FailoverCommand(console), new TakeoverCommand(console), new LatencyCommand(console),
                new ThroughputCommand(console), new ScaleCommand(console)));
        root.addSubcommand("torture", new TortureCommand(console).line());
        root.addSubcommand("verify", new VerifyCommand(console).line());
        root.addSubcommand("bench-member", new BenchMemberCommand(console).line());
        CommandLine line = new CommandLine(root);
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((e, _) -> console.mend(e.getMessage()
                + "; see: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help"));
        line.setExecutionStrategy(parsed -> {
            Integer help = CommandLine.executeHelpRequest(parsed);
            if (help != null) {
                return help;
            }
            CommandLine.ParseResult named = parsed;
            while (named.hasSubcommand()) {
                named = named.subcommand();
            }
            CommandLine.ParseResult command = named;
            if (!(command.commandSpec().userObject() instanceof Action action)) {
                command.commandSpec().commandLine().usage(err);
                return Console.MEND;
            }
            return console.run(() -> action.run(command));
        });
        return line;
    }

    /** Commands under a common name. */
    private static CommandLine group(String name, String description, SettingsCommand... members) {
        CommandSpec spec = CommandSpec.create().name(name).mixinStandardHelpOptions(true)
                .versionProvider(Version.PROVIDER);
        spec.usageMessage().width(SettingsCommand.HELP_WIDTH).description(description);
        for (SettingsCommand member : members) {
            spec.addSubcommand(member.name(), member.line());
        }
        return new CommandLine(spec);
    }

    /** What a parsed command does; the exit code is its answer. */
    interface Action {
        int run(CommandLine.ParseResult parsed);
    }

    private static List<SettingsCommand> commands(Console console) {
        return List.of(
                new RoleCommand(console, "dev",
                        "Runs the whole fleet in one process: embedded broker, simulator, workers,"
                                + " outbox, projector and gateway.",
                        DevSettings.SETTINGS, DevRun::start),
                new RoleCommand(console, "gateway", "Takes HTTP calls and publishes commands.",
                        all(GatewaySettings.SETTINGS, KafkaSettings.SETTINGS, Timings.SETTINGS,
                                IdentitySettings.SETTINGS),
                        (s, m, h) -> {
                            GatewaySettings read = RoleCommand.read(s, GatewaySettings::from);
                            GatewayRole role = GatewayRole.start(read, m, h);
                            return RoleCommand.Started.at(role, "gateway", role.address());
                        }),
                new RoleCommand(console, "worker", "Owns partitions and keeps their accounts connected.",
                        all(WorkerSettings.SETTINGS, KafkaSettings.SETTINGS, Timings.SETTINGS),
                        (s, m, h) -> RoleCommand.Started
                                .of(WorkerRole.start(RoleCommand.read(s, WorkerSettings::from), m, h))),
                new RoleCommand(console, "outbox", "Sends accepted messages, and keeps the status changelogs.",
                        all(OutboxSettings.SETTINGS, KafkaSettings.SETTINGS, Timings.SETTINGS),
                        (s, m, h) -> RoleCommand.Started
                                .of(OutboxRole.start(RoleCommand.read(s, OutboxSettings::from), m, h))),
                new ProjectorCommand(console),
                new RoleCommand(console, "simulator",
                        "A WhatsApp to develop against, with a simulated phone as a page.",
                        SimulatorSettings.SETTINGS, (s, m, h) -> {
                            SimulatorSettings read = RoleCommand.read(s, SimulatorSettings::from);
                            SimulatorRole role = SimulatorRole.start(read, m, h);
                            return RoleCommand.Started.at(role, "simulated phone",
                                    "http://" + read.host() + ":" + role.port());
                        }),
                new RoleCommand(console, "broker", "The embedded Kafka broker alone, for trying several processes.",
                        EmbeddedBrokerSettings.SETTINGS, (s, m, h) -> {
                            EmbeddedBroker role = EmbeddedBroker
                                    .start(RoleCommand.read(s, EmbeddedBrokerSettings::from), m, h);
                            return RoleCommand.Started.at(role, "kafka", role.bootstrapServers());
                        }),
                new TopicsCommand(console), new KeysCommand(console), new AccountIdCommand(console),
                new ImportCommand(console), new ExportCommand(console), new EraseCommand(console));
    }

    @SafeVarargs
    static List<Setting<?>> all(List<Setting<?>>... lists) {
        List<Setting<?>> all = new ArrayList<>();
        for (List<Setting<?>> list : lists) {
            all.addAll(list);
        }
        return all;
    }
}
