package io.wafleet.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file of the repository whose content a test generates from the code. The test fails when the file is stale; run with
 * {@code -Dwafleet.regenerate=true} it writes the file instead.
 */
public final class GeneratedFile {
    private static final boolean REGENERATE = Boolean.getBoolean("wafleet.regenerate");

    private GeneratedFile() {}

    /**
     * Checks the file, or writes it.
     *
     * @param path from the root of the repository
     */
    public static void check(String path, String content) {
        Path file = root().resolve(path);
        try {
            if (REGENERATE) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, content);
            }
            assertThat(Files.exists(file) ? Files.readString(file) : "")
                    .as("%s is stale: run the tests with -Dwafleet.regenerate=true and commit it", path)
                    .isEqualTo(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the repository begins. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("tests run in a folder of the repository");
            }
        }
        return folder;
    }
}
