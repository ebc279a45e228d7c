package io.wafleet.cli.fleet;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the program that runs now is started once more.
 *
 * @param java the command that runs it
 * @param classPath its jars
 * @param main the class that is its command line
 * @param startUpCache the JVM's start-up cache; null when there is none
 * @param flags the JVM's
 */
public record Distribution(Path java, String classPath, String main, @Nullable String startUpCache,
        List<String> flags) {
    /** Where the launcher keeps its start-up cache, if it has one. */
    private static final String START_UP_CACHE = "WAFLEET_AOT_CACHE";
    private static final List<String> ALWAYS = List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    /** These fleets live for minutes: on a small machine the optimising compiler costs them more than it gains. */
    private static final String SIMPLE_COMPILER = "-XX:TieredStopAtLevel=1";

    /** The distribution that the class came from; where it did not come from one, this process's class path. */
    public static Distribution of(Class<?> main) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try {
            Path jar = Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path folder = jar.getParent();
            // The jar names its neighbours, when it has them.
            boolean complete = Files.isRegularFile(jar) && folder != null && folder.endsWith("lib");
            return new Distribution(java, complete ? jar.toString() : System.getProperty("java.class.path"),
                    main.getName(), System.getenv(START_UP_CACHE),
                    List.of("-Xmx384m", SIMPLE_COMPILER));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The same with more memory.
     *
     * @param heapMb the most that each process's heap may take
     */
    public Distribution withHeap(int heapMb) {
        return new Distribution(java, classPath, main, startUpCache, List.of("-Xmx" + heapMb + "m", SIMPLE_COMPILER));
    }

    /**
     * The same as it is in production: with the optimising compiler, which needs a minute or two until it has seen what matters.
     *
     * @param heapMb the most that each process's heap may take
     */
    public Distribution optimised(int heapMb) {
        return new Distribution(java, classPath, main, startUpCache, List.of("-Xmx" + heapMb + "m"));
    }

    /**
     * The command line of a role.
     *
     * @param scratch for what libraries unpack: who is killed cannot take it away again
     */
    List<String> line(Path scratch, String... command) {
        List<String> line = new ArrayList<>();
        line.add(java.toString());
        line.addAll(ALWAYS);
        line.addAll(flags);
        line.add("-Djava.io.tmpdir=" + scratch);
        if (startUpCache != null) {
            line.add("-XX:AOTCache=" + startUpCache);
            // A cache that does not fit is ignored; what the JVM says about that is nobody's business.
            line.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
        }
        line.addAll(List.of("-cp", classPath, main));
        line.addAll(List.of(command));
        return line;
    }
}
