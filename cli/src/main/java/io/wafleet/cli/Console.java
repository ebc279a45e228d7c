package io.wafleet.cli;

import io.wafleet.cli.moving.CannotMoveException;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.embedded.DataDirException;
import io.wafleet.health.PortBusyException;
import io.wafleet.kafka.BrokerUnreachableException;
import io.wafleet.kafka.TopicMismatchException;
import io.wafleet.settings.InvalidSettingsException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.IntSupplier;

/** Where commands print, and how their failures end: what a person can mend is one line and exit code 2, never a stack trace. */
record Console(Map<String, String> environment, PrintStream out, PrintStream err) {
    static final int FAILED = 1;
    static final int MEND = 2;

    /** Runs a command. */
    int run(IntSupplier command) {
        try {
            return command.getAsInt();
        } catch (InvalidSettingsException | PortBusyException | BrokerUnreachableException | TopicMismatchException
                | DataDirException e) {
            return mend(e.getMessage());
        } catch (CannotMoveException | StoreUnavailableException e) {
            return mend(e.getMessage());
        } catch (UncheckedIOException e) {
            return mend(e.getMessage());
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            return mend("Kafka does not answer: " + e.getMessage());
        } catch (org.apache.kafka.common.KafkaException e) {
            return mend("Kafka refuses: " + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        } catch (RuntimeException e) {
            err.println("wafleet: failed by a defect of its own");
            e.printStackTrace(err);
            return FAILED;
        }
    }

    /** Says in a line what failed. */
    int fail(@org.jspecify.annotations.Nullable String what) {
        err.println("wafleet: " + what);
        return FAILED;
    }

    /** Says what to mend, one line for each problem. */
    int mend(@org.jspecify.annotations.Nullable String problems) {
        String.valueOf(problems).lines().forEach(line -> err.println("wafleet: " + line));
        return MEND;
    }
}
