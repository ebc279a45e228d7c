package io.wafleet.simulator.file;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.settings.InvalidSettingsException;
import io.wafleet.simulator.loop.FactStore;
import io.wafleet.simulator.whatsapp.Fact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One file of facts, one JSON object a line, appended to. When it has grown to several times what it needs to hold, it is
 * written anew and put in the place of the old one in one step.
 *
 * <p>What {@link #append} has written is in the operating system's hands: it survives the process's death, not the machine's. A
 * last line without its end was cut off by such a death; nobody was told of it yet, so it is dropped.
 */
public final class FileFactStore implements FactStore {
    private static final String NAME = "simulator.jsonl";
    /** Below this a file is never written anew. */
    private static final long SMALL_BYTES = 16L << 20;
    private static final int GROWTH = 4;

    private final Path file;
    private final FileChannel lockFile;
    private final long smallBytes;
    private @Nullable FileChannel channel;
    private long bytes;
    private long compactAtBytes;

    private FileFactStore(Path file, FileChannel lockFile, long smallBytes) {
        this.file = file;
        this.lockFile = lockFile;
        this.smallBytes = smallBytes;
        this.compactAtBytes = smallBytes;
    }

    /**
     * Takes the directory for this process.
     *
     * @throws InvalidSettingsException when it cannot be used, or another process uses it
     */
    public static FileFactStore open(Path directory) {
        return open(directory, SMALL_BYTES);
    }

    static FileFactStore open(Path directory, long smallBytes) {
        try {
            Files.createDirectories(directory);
            FileChannel lockFile = FileChannel.open(directory.resolve("simulator.lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (!isLocked(lockFile)) {
                lockFile.close();
                throw unusable("is in use by another simulator");
            }
            return new FileFactStore(directory.resolve(NAME), lockFile, smallBytes);
        } catch (IOException e) {
            throw unusable("cannot be written: " + e.getClass().getSimpleName());
        }
    }

    private static boolean isLocked(FileChannel lockFile) throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    private static InvalidSettingsException unusable(String rule) {
        return new InvalidSettingsException(List.of("--simulator-data-dir: " + rule));
    }

    @Override
    public List<Fact> load() {
        try {
            byte[] stored = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            List<Fact> facts = new ArrayList<>();
            int start = 0;
            for (int end = 0; end < stored.length; end++) {
                if (stored[end] == '\n') {
                    facts.add(fact(stored, start, end, facts.size() + 1));
                    start = end + 1;
                }
            }
            begin(start);
            return facts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fact fact(byte[] stored, int start, int end, int line) {
        try {
            return JsonCodec.decode(Arrays.copyOfRange(stored, start, end), Fact.class);
        } catch (UnreadableRecordException e) {
            throw unusable("line " + line + " of " + NAME + " cannot be read: " + e.getMessage());
        }
    }

    /** Goes on writing after the last whole line. */
    private void begin(long length) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(length).position(length);
        bytes = length;
    }

    @Override
    public void append(List<Fact> facts, Supplier<List<Fact>> snapshot) {
        try {
            if (bytes > compactAtBytes) {
                compact(snapshot.get());
            } else {
                bytes += write(open(), facts);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compact(List<Fact> snapshot) throws IOException {
        Path fresh = file.resolveSibling(NAME + ".new");
        try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            bytes = write(out, snapshot);
            out.force(true);
        }
        open().close();
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        begin(bytes);
        compactAtBytes = Math.max(smallBytes, bytes * GROWTH);
    }

    private static long write(FileChannel out, List<Fact> facts) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Fact fact : facts) {
            lines.writeBytes(JsonCodec.encode(fact));
            lines.write('\n');
        }
        ByteBuffer buffer = ByteBuffer.wrap(lines.toByteArray());
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
        return buffer.limit();
    }

    private FileChannel open() {
        if (channel == null) {
            throw new IllegalStateException("facts are loaded before any is appended");
        }
        return channel;
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
