package io.wafleet.cli.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One role as a process of its own. What it prints is kept in a file, or told line by line. Thread-safe. */
public final class FleetProcess implements AutoCloseable {
    private static final long END_SECONDS = 20;

    private final String name;
    private final Path log;
    /** Where its own words begin: processes of the same name before it wrote to the same file. */
    private final long logFrom;
    private final Process process;
    private volatile boolean isStruck;
    private volatile boolean askedToEnd;

    private FleetProcess(String name, Path log, long logFrom, Process process) {
        this.name = name;
        this.log = log;
        this.logFrom = logFrom;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param lines told what it prints on standard output, on a thread of its own; null: that goes to the log, too
     */
    static FleetProcess start(String name, Path log, List<String> line, Map<String, String> environment,
            @Nullable Consumer<String> lines) {
        try {
            ProcessBuilder.Redirect toLog = ProcessBuilder.Redirect.appendTo(log.toFile());
            ProcessBuilder builder = new ProcessBuilder(line);
            if (lines == null) {
                builder.redirectErrorStream(true).redirectOutput(toLog);
            } else {
                builder.redirectError(toLog);
            }
            builder.environment().putAll(environment);
            long logFrom = Files.exists(log) ? Files.size(log) : 0;
            FleetProcess started = new FleetProcess(name, log, logFrom, builder.start());
            if (lines != null) {
                Thread.ofPlatform().daemon().name(name + "-lines").start(() -> started.read(lines));
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not start", e);
        }
    }

    private void read(Consumer<String> lines) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(lines);
        } catch (IOException | UncheckedIOException _) {
            // It ended in the middle of a line, as killed processes do.
        }
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it lives, and has said that it has started. */
    public boolean isRunning() {
        return isAlive() && output().contains(" runs; Ctrl-C ends it in order");
    }

    /** Whether it ended although nobody told it to. */
    public boolean isEndedByItself() {
        return !isAlive() && !isStruck;
    }

    /** How it ended. */
    public int exitCode() {
        return process.exitValue();
    }

    /** SIGTERM, without waiting for the end; only once, since a second one ends a process at once. */
    public void askToEnd() {
        isStruck = true;
        if (!askedToEnd) {
            askedToEnd = true;
            process.destroy();
        }
    }

    /** SIGTERM: ends in order; returns when it did. */
    public void terminate() {
        askToEnd();
        awaitEnd();
    }

    /** SIGKILL: ends at once. */
    public void kill() {
        isStruck = true;
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGSTOP: stands still in the middle of whatever it does. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT: goes on. */
    public void wake() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0 && process.isAlive()) {
                throw new FleetException("SIG" + signal + " does not reach " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("kill does not start", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new FleetException(name + " does not end; its log: " + log);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for it to end by itself. */
    int awaitExit(long seconds) {
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw new FleetException(name + " does not end; its log: " + log);
    }

    /** All that it logged so far. */
    public String output() {
        try {
            byte[] all = Files.readAllBytes(log);
            int from = Math.toIntExact(Math.min(logFrom, all.length));
            return new String(all, from, all.length - from, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most memory that it held at once so far, in MB; 0 where the machine does not tell. */
    public long peakMemoryMb() {
        return memoryKb("VmHWM:") / 1000;
    }

    /** The memory that it holds now, in kB; 0 where the machine does not tell. */
    public long residentKb() {
        return memoryKb("VmRSS:");
    }

    private long memoryKb(String line) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(l -> l.startsWith(line)).mapToLong(FleetProcess::kilobytes).findFirst().orElse(0);
        } catch (IOException _) {
            return 0;
        }
    }

    /** The processor time that it used so far; zero where the machine does not tell. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The processor time that its compilers used so far; zero where the machine does not tell. */
    public Duration compilerTime() {
        return CompilerTime.of(process.pid());
    }

    /** Makes it collect its garbage, so that its memory says what it needs; without a JDK's {@code jcmd} nothing happens. */
    public void collectGarbage() {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return;
        }
        try {
            Process collect = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run")
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            collect.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static long kilobytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    /** SIGKILL without waiting, for the end of everything. */
    void destroy() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }
}
