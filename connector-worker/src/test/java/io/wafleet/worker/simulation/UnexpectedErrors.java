package io.wafleet.worker.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Keeps the workers' logs quiet while worlds run, and takes an error that a loop logs and lives with for what it is: a bug, unless it
 * says that a batch was refused for good.
 */
final class UnexpectedErrors extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final String EXPECTED = "a batch was refused for good";

    private final Logger logger;
    private final @Nullable Level before;
    private final boolean additive;
    private final ThreadLocal<World> world = new ThreadLocal<>();

    private UnexpectedErrors(Logger logger) {
        this.logger = logger;
        this.before = logger.getLevel();
        this.additive = logger.isAdditive();
    }

    /** Begins. */
    static UnexpectedErrors watch() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        UnexpectedErrors errors = new UnexpectedErrors(context.getLogger("io.wafleet.worker"));
        errors.setContext(context);
        errors.start();
        errors.logger.setLevel(Level.WARN);
        errors.logger.setAdditive(false);
        errors.logger.addAppender(errors);
        return errors;
    }

    /** What this thread logs from here on is about this world. */
    void are(World about) {
        world.set(about);
    }

    @Override
    protected void append(ILoggingEvent event) {
        World about = world.get();
        if (about != null && event.getThrowableProxy() instanceof ThrowableProxy proxy
                && !String.valueOf(proxy.getThrowable().getMessage()).startsWith(EXPECTED)) {
            StackTraceElement[] stack = proxy.getThrowable().getStackTrace();
            about.violated("unexpected: " + proxy.getThrowable() + (stack.length == 0 ? "" : " at " + stack[0]));
        }
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(additive);
        logger.setLevel(before);
        stop();
    }
}
