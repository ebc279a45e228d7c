package io.wafleet.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * SIGTERM and SIGINT as an event: the first ends the process in order, a second one at once.
 *
 * <p>Not a shutdown hook: with one the exit code is the signal's although all ended well, and a role that closes in it runs beside
 * the hooks of libraries. The JDK's class for signals is public, but compilers warn of it, so it is used by reflection; on a JVM
 * without it signals end the process as they always do.
 */
final class StopSignals {
    private static final List<String> NAMES = List.of("TERM", "INT");

    private final CompletableFuture<Void> first = new CompletableFuture<>();

    private StopSignals() {}

    /** Completes with the first signal. */
    static CompletionStage<Void> first() {
        StopSignals signals = new StopSignals();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Runnable received = signals::received;
            MethodHandle run = MethodHandles.lookup()
                    .findVirtual(Runnable.class, "run", MethodType.methodType(void.class)).bindTo(received);
            Object ours = MethodHandleProxies.asInterfaceInstance(handler,
                    MethodHandles.dropArguments(run, 0, signal));
            for (String name : NAMES) {
                Object named = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, named, ours);
            }
        } catch (ReflectiveOperationException _) {
            return signals.first;
        }
        return signals.first;
    }

    private void received() {
        if (!first.complete(null)) {
            Runtime.getRuntime().halt(Console.FAILED);
        }
    }
}
