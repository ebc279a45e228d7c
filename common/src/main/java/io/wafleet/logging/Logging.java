package io.wafleet.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.wafleet.settings.Setting;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Sets up logging for a process: text or JSON on standard error, phones masked. Called once, before anything logs. */
public final class Logging {
    /** How a line looks. */
    public enum Format {
        /** For people. */
        TEXT,
        /** One JSON object a line, for collectors. */
        JSON
    }

    /** How much is said. */
    public enum Verbosity {
        ERROR, WARN, INFO, DEBUG
    }

    public static final Setting<Format> FORMAT = Setting.choice("log.format", Format.class, Format.TEXT,
            "How log lines look: text for people, json for collectors.");
    public static final Setting<Verbosity> LEVEL = Setting.choice("log.level", Verbosity.class, Verbosity.INFO,
            "How much wafleet logs; libraries log warnings only unless debug.");

    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = List.of(FORMAT, LEVEL);

    /** Loggers whose warnings repeat many times a second, or tell of what is as it should be. */
    private static final List<String> CHATTY = List.of(
            // Each attempt to reach a broker that is down; whoever needs it says so itself.
            "org.apache.kafka.clients.NetworkClient",
            // Each record that is tried again while a restarted broker's partitions come back; whoever wrote it hears when it is given up.
            "org.apache.kafka.clients.producer.internals.Sender",
            // Each topic that a starting broker makes for itself.
            "kafka.server.DefaultAutoTopicCreationManager", "org.apache.kafka.controller.QuorumController",
            // A starting broker that registers before its controller knows that it leads; it tries again.
            "kafka.server.ControllerApis",
            // Each journal partition that is read but not for long.
            "org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils",
            // Each topic that Streams makes for itself, while it is being made.
            "org.apache.kafka.clients.admin.internals.PartitionLeaderStrategy",
            // Each task without a standby, while there is only one instance.
            "org.apache.kafka.streams.processor.internals.assignment",
            // An assignment that comes while its consumer closes; whatever else goes wrong there is thrown where the consumer is polled.
            "org.apache.kafka.clients.consumer.internals.ConsumerMembershipManager");

    /** Loggers of which only errors are of use. */
    private static final List<String> TALKATIVE = List.of(
            // Each store that a killed outbox left behind, three times, with its stack; the stream thread tells it once, of all of them.
            "org.apache.kafka.streams.processor.internals.StateDirectory",
            "org.apache.kafka.streams.processor.internals.ProcessorStateManager",
            "org.apache.kafka.streams.processor.internals.TaskManager",
            // A setting that is set, but not in a config that Streams makes for itself.
            "org.apache.kafka.streams.StreamsConfig");

    private Logging() {}

    public static void configure(Format format, Verbosity verbosity) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        LogLayout layout = new LogLayout(format);
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        context.getLogger("ROOT").setLevel(switch (verbosity) {
            case ERROR -> Level.ERROR;
            case WARN, INFO -> Level.WARN;
            case DEBUG -> Level.INFO;
        });
        if (verbosity != Verbosity.DEBUG) {
            CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
            TALKATIVE.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
        }
        context.getLogger("ROOT").addAppender(console);
        context.getLogger("io.wafleet").setLevel(Level.toLevel(verbosity.name()));
    }
}
