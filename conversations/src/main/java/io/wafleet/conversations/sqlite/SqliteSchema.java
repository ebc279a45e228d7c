package io.wafleet.conversations.sqlite;

import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.StoreUnavailableException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tables, brought up step by step: resource {@code 001.sql} makes version 1, and so on. A step and its number are one
 * transaction, so a process killed in between leaves the version before.
 */
final class SqliteSchema {
    /** Says that a file is one of ours. */
    private static final int APPLICATION_ID = 0x77_61_66_6C;
    private static final int VERSION = 2;
    private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");

    private SqliteSchema() {}

    /** Brings the tables up; several processes may do so at once. */
    static void bringUp(Path file, SqliteSession session) throws SQLException {
        if (look(file, session) == VERSION) {
            return;
        }
        session.run("BEGIN IMMEDIATE");
        try {
            for (int version = known(file, session) + 1; version <= VERSION; version++) {
                for (String statement : step(version)) {
                    session.run(statement);
                }
            }
            session.run("PRAGMA application_id = " + APPLICATION_ID);
            session.run("PRAGMA user_version = " + VERSION);
            session.run("COMMIT");
        } catch (SQLException | RuntimeException e) {
            session.rollBack();
            throw e;
        }
    }

    /** Makes sure that the tables are those that this release reads. */
    static void check(Path file, SqliteSession session) throws SQLException {
        if (look(file, session) < VERSION) {
            throw new StoreUnavailableException(Reason.OLDER,
                    "store " + file + " is of an older release: start a process that may write to it", null);
        }
    }

    /** In one transaction: between two reads on their own, another process may commit the tables. A failure closes the session. */
    private static int look(Path file, SqliteSession session) throws SQLException {
        session.run("BEGIN");
        int version = known(file, session);
        session.run("COMMIT");
        return version;
    }

    /** The file's version, 0 when it is empty; within a transaction. */
    private static int known(Path file, SqliteSession session) throws SQLException {
        int version = pragma(session, "user_version");
        int application = pragma(session, "application_id");
        boolean isEmpty = version == 0 && application == 0
                && session.first(row -> row.getInt(1), "SELECT 1 FROM sqlite_schema LIMIT 1") == null;
        if (!isEmpty && application != APPLICATION_ID) {
            throw new StoreUnavailableException(Reason.CORRUPT,
                    "store " + file + " is a database of something else: name another file", null);
        }
        if (version > VERSION) {
            throw new StoreUnavailableException(Reason.NEWER, "store " + file + " is of a newer release (version "
                    + version + "; this one reads up to " + VERSION + "): use that release", null);
        }
        return version;
    }

    private static int pragma(SqliteSession session, String name) throws SQLException {
        Integer value = session.first(row -> row.getInt(1), "PRAGMA " + name);
        return value == null ? 0 : value;
    }

    private static String[] step(int version) {
        String name = "%03d.sql".formatted(version);
        try (@Nullable
        InputStream resource = SqliteSchema.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            String script = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(COMMENT.matcher(script).replaceAll("").split(";")).map(String::strip)
                    .filter(s -> !s.isEmpty()).toArray(String[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
