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
        context.getLogger("ROOT").setLevel(verbosity == Verbosity.DEBUG ? Level.INFO : Level.WARN);
        context.getLogger("ROOT").addAppender(console);
        context.getLogger("io.wafleet").setLevel(Level.toLevel(verbosity.name()));
    }
}
