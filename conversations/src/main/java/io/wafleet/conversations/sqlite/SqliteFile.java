package io.wafleet.conversations.sqlite;

import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.StoreUnavailableException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * Opens connections to one file.
 *
 * <p>WAL: readers and the writer do not wait for each other. {@code synchronous = FULL}: each commit is on the disk before it counts,
 * so a batch that the projector has acknowledged to Kafka survives not only {@code kill -9} (for which {@code NORMAL} would do, as
 * the operating system has the pages) but also a loss of power. It costs one flush for each batch, which is little.
 *
 * <p>{@code secure_delete = ON}, always: an erasure can only be one if also the copies that earlier changes left in free pages are
 * overwritten.
 */
final class SqliteFile {
    /** How long to wait for another process, unless told otherwise. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path path;
    private final Duration patience;

    /**
     * @param patience how long to wait for another process that writes
     */
    SqliteFile(Path path, Duration patience) {
        this.path = path.toAbsolutePath();
        this.patience = patience;
    }

    Path path() {
        return path;
    }

    /** What the path names now, so that a file moved away or replaced is noticed; null: nothing, or it cannot be told. */
    @Nullable
    Object identity() {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException _) {
            return null;
        }
    }

    /** A connection that writes; makes the file and its tables when need be. */
    SqliteSession openWriter() {
        try {
            Path folder = path.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new StoreUnavailableException(Reason.DOWN, "store " + path + ": its folder cannot be made", e);
        }
        SQLiteConfig config = config();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        return open(config, session -> {
            session.run("PRAGMA secure_delete = ON");
            startLog(session);
            SqliteSchema.bringUp(path, session);
        });
    }

    /** A connection that only reads; the file must be there. */
    SqliteSession openReader() {
        if (!Files.exists(path)) {
            throw new StoreUnavailableException(Reason.MISSING,
                    "store " + path + " does not exist yet: start a process that writes to it", null);
        }
        SQLiteConfig config = config();
        config.setReadOnly(true);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return open(config, session -> SqliteSchema.check(path, session));
    }

    private SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) patience.toMillis());
        return config;
    }

    private interface Preparation {
        void prepare(SqliteSession session) throws SQLException;
    }

    private SqliteSession open(SQLiteConfig config, Preparation preparation) {
        try {
            SqliteSession session = new SqliteSession(config.createConnection("jdbc:sqlite:" + path));
            try {
                preparation.prepare(session);
                return session;
            } catch (SQLException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (SQLException e) {
            throw SqliteFailures.of(path, e);
        }
    }

    /** Turning WAL on ignores the busy timeout, so processes that start at once try again. */
    private void startLog(SqliteSession session) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                session.run("PRAGMA journal_mode = WAL");
                return;
            } catch (SQLException e) {
                if (!SqliteFailures.isBusy(e) || System.nanoTime() > deadline) {
                    throw e;
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(Reason.DOWN, "interrupted while opening store " + path, e);
        }
    }
}
