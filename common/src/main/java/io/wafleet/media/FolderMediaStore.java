package io.wafleet.media;

import io.wafleet.contract.MediaKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A folder: the bytes at {@code <account>/<first 2 of the hash>/<hash>}, their media type beside them in {@code <hash>.type}. How a medium
 * is kept:
 *
 * <ol>
 * <li>The bytes are written to a file of their own in {@code .incoming}, hashed, and forced to the disk.
 * <li>Another hash than the key says: refused.
 * <li>The type is put in its place in the same way, then the bytes, each in one step: whoever sees the bytes sees all of them and their type.
 * <li>The directory is forced to the disk.
 * </ol>
 * A crash before the end leaves at most a file in {@code .incoming}, which nobody reads.
 */
public final class FolderMediaStore implements MediaStore {
    private static final String UNKNOWN = "application/octet-stream";
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,80}/[A-Za-z0-9!#$&^_.+-]{1,80}"
            + "(; ?[A-Za-z0-9-]{1,20}=[A-Za-z0-9._\"+-]{1,40})?");
    private static final int SHARD = 2;

    private final Path folder;
    private final Path incoming;

    /** The folder need not be there yet, nor be writable: each call says so by itself. */
    public FolderMediaStore(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.incoming = this.folder.resolve(".incoming");
    }

    @Override
    public boolean has(MediaKey key) {
        return Files.isRegularFile(file(key));
    }

    @Override
    public void put(MediaKey key, String mimetype, Source source) throws IOException {
        if (has(key)) {
            return;
        }
        Path file = file(key);
        Files.createDirectories(incoming);
        Files.createDirectories(directory(key));
        Path draft = incoming.resolve(UUID.randomUUID().toString());
        try {
            if (!write(draft, source).equals(key.sha256())) {
                throw new MediaMismatchException();
            }
            keepType(file, TYPE.matcher(mimetype).matches() ? mimetype : UNKNOWN);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            force(directory(key));
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Returns the hash. */
    private static String write(Path draft, Source source) throws IOException {
        MessageDigest sha256 = sha256();
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), sha256);
                InputStream in = source.open()) {
            in.transferTo(out);
            channel.force(true);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private void keepType(Path file, String mimetype) throws IOException {
        Path draft = incoming.resolve(UUID.randomUUID().toString());
        try {
            Files.writeString(draft, mimetype);
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(draft, typeOf(file), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public Optional<Kept> find(MediaKey key) throws IOException {
        Path file = file(key);
        try {
            // The bytes first: where they are, their type is, too.
            long size = Files.size(file);
            return Optional.of(new Kept(type(file), size, file.toUri()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private static String type(Path file) throws IOException {
        try {
            return Files.readString(typeOf(file), StandardCharsets.US_ASCII);
        } catch (NoSuchFileException _) {
            // There are no bytes, or their type was taken away by hand.
            return UNKNOWN;
        }
    }

    private Path file(MediaKey key) {
        return directory(key).resolve(key.sha256());
    }

    private Path directory(MediaKey key) {
        return folder.resolve(key.account().value()).resolve(key.sha256().substring(0, SHARD));
    }

    private static Path typeOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".type");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
