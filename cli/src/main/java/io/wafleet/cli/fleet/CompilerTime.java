package io.wafleet.cli.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The processor time that a JVM's compilers used, as Linux tells it of each thread ({@code proc_pid_stat(5)}). */
public final class CompilerTime {
    /** What the kernel counts in, towards programs: {@code USER_HZ}, 100 a second on every architecture that has a JVM. */
    private static final Duration TICK = Duration.ofMillis(10);
    /** After the name, which may hold spaces: fields 14 and 15. */
    private static final int USER = 11;
    private static final int SYSTEM = 12;

    private CompilerTime() {}

    /** Of a process so far; zero where the machine does not tell. */
    public static Duration of(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return TICK.multipliedBy(threads.mapToLong(CompilerTime::ticks).sum());
        } catch (IOException | UncheckedIOException _) {
            return Duration.ZERO;
        }
    }

    private static long ticks(Path thread) {
        try {
            return ticks(Files.readString(thread.resolve("stat")));
        } catch (IOException _) {
            // It ended in this moment.
            return 0;
        }
    }

    /** Those of a thread's line; 0 for all threads but compilers. */
    static long ticks(String stat) {
        int end = stat.lastIndexOf(')');
        String name = stat.substring(stat.indexOf('(') + 1, end);
        if (!name.startsWith("C1 Compiler") && !name.startsWith("C2 Compiler")) {
            return 0;
        }
        List<String> fields = Arrays.asList(stat.substring(end + 2).split(" ", -1));
        return Long.parseLong(fields.get(USER)) + Long.parseLong(fields.get(SYSTEM));
    }
}
