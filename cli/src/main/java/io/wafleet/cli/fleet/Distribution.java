package io.wafleet.cli.fleet;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the program that runs now is started once more.
 *
 * @param java the command that runs it
 * @param classPath its jars
 * @param main the class that is its command line
 */
public record Distribution(Path java, String classPath, String main) {
    private static final List<String> FLAGS = List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    /** The distribution that the class came from; where it did not come from one, this process's class path. */
    public static Distribution of(Class<?> main) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try {
            Path jar = Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path folder = jar.getParent();
            // The jar names its neighbours, when it has them.
            boolean complete = Files.isRegularFile(jar) && folder != null && folder.endsWith("lib");
            return new Distribution(java, complete ? jar.toString() : System.getProperty("java.class.path"),
                    main.getName());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> line(String... command) {
        List<String> line = new ArrayList<>();
        line.add(java.toString());
        line.addAll(FLAGS);
        line.addAll(List.of("-cp", classPath, main));
        line.addAll(List.of(command));
        return line;
    }
}
