package io.wafleet.embedded;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Kafka's fault handlers from ending this process: they call its static {@code Exit}, and other roles may live here. Kafka
 * does not say which broker met the fault, so every one that listens is told; there is one, but in tests.
 */
final class KafkaExit {
    private static final List<Consumer<Throwable>> LISTENERS = new CopyOnWriteArrayList<>();

    static {
        Exit.setExitProcedure(KafkaExit::report);
        Exit.setHaltProcedure(KafkaExit::report);
    }

    private KafkaExit() {}

    static void listen(Consumer<Throwable> listener) {
        LISTENERS.add(listener);
    }

    static void ignore(Consumer<Throwable> listener) {
        LISTENERS.remove(listener);
    }

    /** Never returns, as Kafka expects of an exit. */
    private static void report(int status, @Nullable String message) {
        Error fault = new FatalFaultError("the broker met a fault it cannot survive (status " + status + ")"
                + (message == null ? "" : ": " + message));
        LISTENERS.forEach(listener -> listener.accept(fault));
        throw fault;
    }

    /** Ends the thread that met the fault. */
    private static final class FatalFaultError extends Error {
        private static final long serialVersionUID = 1L;

        FatalFaultError(String message) {
            super(message);
        }
    }
}
