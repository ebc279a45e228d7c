package io.wafleet.cli.moving;

import io.wafleet.contract.AccountId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder in which media that arrived are kept, each account's in one of its own. What is no plain file or folder of it, such as a link
 * that leads out, is neither read nor followed.
 */
public record MediaFolder(Path folder) {
    public MediaFolder {
        folder = folder.toAbsolutePath().normalize();
    }

    /** Says which folder was looked into, where it may be another one than meant; empty when all is well. */
    public Optional<String> doubt() {
        return isFolder(folder) ? Optional.empty() : Optional.of("no media were found: there is no folder " + folder);
    }

    /** An account's id begins with no dot and holds no separator, so it names a folder just below. */
    private Path of(AccountId account) {
        return folder.resolve(account.value());
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** A medium's type lies beside it. */
    private static boolean isMedium(Path file) {
        return isFile(file) && !file.toString().endsWith(".type");
    }

    /** Returns how many media were copied. */
    long copy(AccountId account, Path to) throws IOException {
        Path from = of(account);
        if (!isFolder(from)) {
            return 0;
        }
        long count = 0;
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(MediaFolder::isFile)::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(copy.getParent()));
                Files.copy(file, copy);
                count += isMedium(file) ? 1 : 0;
            }
        }
        return count;
    }

    /** Returns how many media went. */
    public long erase(AccountId account) {
        Path own = of(account);
        if (!isFolder(own)) {
            return 0;
        }
        long count = 0;
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                count += isMedium(file) ? 1 : 0;
                Files.deleteIfExists(file);
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException("media of " + account + " cannot be erased, say it again: "
                    + e.getMessage(), e);
        }
    }
}
