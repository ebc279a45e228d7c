package io.wafleet.cli.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A fleet's folder. One that was not asked for goes when all went well, and stays for a look when it did not. */
public final class Workspace implements AutoCloseable {
    private final Path directory;
    private final boolean isTemporary;
    private boolean isForgotten;

    private Workspace(Path directory, boolean isTemporary) {
        this.directory = directory;
        this.isTemporary = isTemporary;
    }

    /** The folder wanted, or a temporary one. */
    public static Workspace open(String purpose, Optional<Path> wanted) {
        try {
            return wanted.isPresent()
                    ? new Workspace(Files.createDirectories(wanted.get()), false)
                    : new Workspace(Files.createTempDirectory("wafleet-" + purpose + "-"), true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for logs and data", e);
        }
    }

    public Path directory() {
        return directory;
    }

    /** All went well: nobody needs to look. */
    public void forget() {
        isForgotten = true;
    }

    @Override
    public void close() {
        if (!isTemporary || !isForgotten) {
            return;
        }
        try (Stream<Path> found = Files.walk(directory)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException _) {
            // A temporary folder that cannot be emptied is left to the machine.
        }
    }
}
