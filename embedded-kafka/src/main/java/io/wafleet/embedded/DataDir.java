package io.wafleet.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * The broker's folder, held by a lock file as long as this is open: Kafka's own lock is taken only after the metadata log was
 * opened for writing, too late for two brokers on one folder. The system releases the lock of a process that dies.
 */
final class DataDir implements AutoCloseable {
    private static final String LOCK_FILE = "broker.lock";
    private static final String LOG_FOLDER = "kafka";

    private final Path logs;
    private final FileChannel channel;

    private DataDir(Path logs, FileChannel channel) {
        this.logs = logs;
        this.channel = channel;
    }

    /**
     * Takes the folder, making it when missing.
     *
     * @throws DataDirException when another broker has it, or it cannot be written
     */
    static DataDir open(Path dir) {
        try {
            Files.createDirectories(dir);
            FileChannel channel = FileChannel.open(dir.resolve(LOCK_FILE), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (!lock(channel)) {
                channel.close();
                throw new DataDirException("data folder " + dir.toAbsolutePath() + " is in use by another broker");
            }
            return new DataDir(dir.resolve(LOG_FOLDER), channel);
        } catch (IOException e) {
            throw new DataDirException("data folder " + dir.toAbsolutePath() + " cannot be used: " + reason(e));
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            @Nullable
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
    }

    /** Where Kafka keeps its logs. */
    Path logs() {
        return logs;
    }

    /** Whether the last broker on this folder ended without closing its logs. */
    boolean wasKilled() {
        return Files.exists(logs.resolve("__cluster_metadata-0"))
                && !Files.exists(logs.resolve(".kafka_cleanshutdown"));
    }

    /** Writes the cluster's identity the first time; later starts find it and change nothing. */
    void format() {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(logs);
            new Formatter().setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setNodeId(BrokerConfig.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString()).setDirectories(List.of(logs.toString()))
                    .setMetadataLogDirectory(logs.toString()).setControllerListenerName(BrokerConfig.CONTROLLER)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES).setIgnoreFormatted(true).run();
        } catch (Exception e) {
            throw new DataDirException(
                    "data folder " + logs.toAbsolutePath() + " cannot be formatted: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
