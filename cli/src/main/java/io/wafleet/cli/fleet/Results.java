package io.wafleet.cli.fleet;

import io.wafleet.contract.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what a bench, a torture or a verification found as JSON. */
public final class Results {
    private Results() {}

    /**
     * Writes it, in place of what the file held.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    public static void write(Path file, Object report) {
        try {
            Files.write(file, JsonCodec.encode(report));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
