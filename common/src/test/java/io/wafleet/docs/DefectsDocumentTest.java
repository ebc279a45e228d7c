package io.wafleet.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every test that the page of defects names exists, and every line names one. */
final class DefectsDocumentTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:Test|IT))\\.(\\w+)`");

    @Test
    void everyDefectHasATestAndEveryTestNamedExists() throws IOException {
        String page = Files.readString(GeneratedFile.root().resolve("docs/defects-of-the-original.md"));
        assertThat(page.lines().filter(line -> line.startsWith("| ") && !line.startsWith("| Defect")))
                .hasSizeGreaterThan(
                        14)
                .allSatisfy(line -> assertThat(NAMED.matcher(line).find()).as(line).isTrue());
        Map<String, String> sources = sources();
        Set<String> missing = new TreeSet<>();
        Matcher named = NAMED.matcher(page);
        while (named.find()) {
            if (!sources.getOrDefault(named.group(1), "").contains("void " + named.group(2) + "(")) {
                missing.add(named.group());
            }
        }
        assertThat(missing).as("named, but not there").isEmpty();
    }

    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> modules = Files.list(GeneratedFile.root())) {
            return modules.map(module -> module.resolve("src/test/java")).filter(Files::isDirectory)
                    .flatMap(DefectsDocumentTest::javaFiles)
                    .collect(Collectors.toMap(file -> file.getFileName().toString().replace(".java", ""),
                            DefectsDocumentTest::read, String::concat));
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
