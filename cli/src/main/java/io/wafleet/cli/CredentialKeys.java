package io.wafleet.cli;

import io.wafleet.worker.sealing.CredentialCipher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The key set of a development fleet, made once and kept in its data directory, readable by its owner only. */
final class CredentialKeys {
    private static final String FILE = "credential.keys";

    private CredentialKeys() {}

    static String in(Path dataDir) {
        Path file = dataDir.resolve(FILE);
        try {
            if (Files.exists(file)) {
                return Files.readString(file);
            }
            Files.createDirectories(dataDir);
            Path fresh = Files.createTempFile(dataDir, FILE, ".new");
            if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            }
            Files.writeString(fresh, CredentialCipher.newKeySet());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory cannot be used: " + e.getMessage(), e);
        }
    }
}
