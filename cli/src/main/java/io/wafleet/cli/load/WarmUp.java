package io.wafleet.cli.load;

import io.wafleet.cli.fleet.CompilerTime;
import io.wafleet.cli.fleet.FleetProcess;
import io.wafleet.cli.fleet.ProcessFleet;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What comes before a measurement under load: a while, and then for as long as the compilers of the fleet and of this process take much of the
 * machine, since on a slow one they are not done when the while is over. Where it does not tell what they take, one slice more.
 */
final class WarmUp {
    /** A tenth of the machine changes little. */
    private static final double AT_REST = 0.1 * Runtime.getRuntime().availableProcessors();
    private static final Duration SLICE = Duration.ofSeconds(20);
    private static final int MAX_SLICES = 30;

    private final Supplier<Duration> compilers;
    private final LongSupplier nanoTime;
    private final Consumer<String> tell;

    /**
     * For tests.
     *
     * @param compilers the processor time that all compilers used so far
     */
    WarmUp(Supplier<Duration> compilers, LongSupplier nanoTime, Consumer<String> tell) {
        this.compilers = compilers;
        this.nanoTime = nanoTime;
        this.tell = tell;
    }

    /**
     * Of a fleet and this process.
     *
     * @param tell told what it waits for
     */
    static WarmUp of(ProcessFleet fleet, Consumer<String> tell) {
        return new WarmUp(() -> compilerTime(fleet), System::nanoTime, tell);
    }

    /**
     * Warms up.
     *
     * @param load keeps the fleet busy, or lets it be kept so, for as long as it is told
     */
    void run(Duration atLeast, Consumer<Duration> load) {
        load.accept(atLeast);
        for (int i = 0; i < MAX_SLICES; i++) {
            long begun = nanoTime.getAsLong();
            Duration before = compilers.get();
            load.accept(SLICE);
            double cores = (double) compilers.get().minus(before).toNanos() / (nanoTime.getAsLong() - begun);
            if (cores <= AT_REST) {
                return;
            }
            tell.accept("the compilers still take %.1f cores".formatted(cores));
        }
    }

    private static Duration compilerTime(ProcessFleet fleet) {
        return fleet.living().values().stream().map(FleetProcess::compilerTime)
                .reduce(CompilerTime.of(ProcessHandle.current().pid()), Duration::plus);
    }
}
