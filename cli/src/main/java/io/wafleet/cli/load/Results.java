package io.wafleet.cli.load;

import io.wafleet.contract.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a result as JSON. */
final class Results {
    private Results() {}

    static void write(Path file, Object report) {
        try {
            Files.write(file, JsonCodec.encode(report));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
