package io.wafleet.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing is depended on without a line that says why, and no line is left behind. */
final class DependenciesDocumentTest {
    private static final Pattern USED = Pattern.compile(
            "<(?:dependency|plugin|path)>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>");
    private static final Pattern EXPLAINED = Pattern.compile("(?m)^\\| `([^`]+)` \\|.* \\S.* \\|$");

    @Test
    void pageHasALineForEachDependencyAndPlugin() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> folders = Files.list(GeneratedFile.root())) {
            for (Path pom : Stream.concat(Stream.of(GeneratedFile.root()), folders).map(f -> f.resolve("pom.xml"))
                    .filter(Files::exists).toList()) {
                Matcher matcher = USED.matcher(Files.readString(pom));
                while (matcher.find()) {
                    if (!matcher.group(1).equals("io.wafleet")) {
                        used.add(matcher.group(2));
                    }
                }
            }
        }
        Set<String> explained = new TreeSet<>();
        Matcher matcher = EXPLAINED.matcher(Files.readString(GeneratedFile.root().resolve("docs/dependencies.md")));
        while (matcher.find()) {
            explained.add(matcher.group(1));
        }
        assertThat(explained).as("docs/dependencies.md").containsExactlyInAnyOrderElementsOf(used);
    }
}
