package io.wafleet.worker.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs world after world, on two threads, until one breaks a promise. */
final class Seeds {
    /** How many seeds are run, unless the property says otherwise. */
    static final int USUAL = 10_000;
    private static final int THREADS = 2;
    private static final int LINES = 150;

    /** A seed, and the promise that it breaks. */
    record Broken(long seed, String what) {}

    private Seeds() {}

    /** {@code wafleet.simulation.seeds}: how many. */
    static long count() {
        return Long.getLong("wafleet.simulation.seeds", USUAL);
    }

    /** {@code wafleet.simulation.first}: where to begin. */
    static long first() {
        return Long.getLong("wafleet.simulation.first", 1);
    }

    /** The first seed found to break a promise. */
    static Optional<Broken> firstBroken(long first, long count, Sabotage sabotage) {
        AtomicLong next = new AtomicLong(first);
        AtomicReference<@Nullable Broken> broken = new AtomicReference<>();
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        try (UnexpectedErrors errors = UnexpectedErrors.watch()) {
            for (int i = 0; i < THREADS; i++) {
                threads.add(Thread.ofPlatform().name("simulation-" + i).start(() -> {
                    for (long seed = next.getAndIncrement(); seed < first + count && broken.get() == null
                            && failed.get() == null; seed = next.getAndIncrement()) {
                        try {
                            String what = run(new World(seed, sabotage, 0), errors);
                            if (what != null) {
                                broken.compareAndSet(null, new Broken(seed, what));
                            }
                        } catch (RuntimeException | Error e) {
                            failed.set(new IllegalStateException("seed " + seed, e));
                        }
                    }
                }));
            }
            join(threads);
        }
        Throwable cause = failed.get();
        if (cause != null) {
            throw new IllegalStateException("the simulation itself failed", cause);
        }
        return Optional.ofNullable(broken.get());
    }

    private static void join(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String run(World world, UnexpectedErrors errors) {
        errors.are(world);
        return world.run();
    }

    /** The last things that happened under a seed. */
    static String replay(long seed, Sabotage sabotage) {
        World world = new World(seed, sabotage, LINES);
        try (UnexpectedErrors errors = UnexpectedErrors.watch()) {
            run(world, errors);
        }
        return world.settings() + "\n" + world.trace();
    }
}
