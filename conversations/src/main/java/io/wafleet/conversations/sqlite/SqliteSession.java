package io.wafleet.conversations.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection with its prepared statements. Used by one thread at a time. */
final class SqliteSession implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    SqliteSession(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row's columns, from 1. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Takes the rows one by one. */
    interface Sink<T> {
        void take(T row) throws SQLException;
    }

    /** For statements without arguments: pragmas, transactions. */
    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** SQLite may have rolled back by itself, when the disk is full; the first failure is the one to tell. */
    void rollBack() {
        try {
            run("ROLLBACK");
        } catch (SQLException _) {
            // nothing was begun any more
        }
    }

    int update(String sql, @Nullable Object... arguments) throws SQLException {
        return bound(sql, arguments).executeUpdate();
    }

    <T> List<T> list(Row<T> row, String sql, @Nullable Object... arguments) throws SQLException {
        List<T> all = new ArrayList<>();
        stream(row, all::add, sql, arguments);
        return all;
    }

    /** The first row; null: there is none. */
    <T> @Nullable T first(Row<T> row, String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bound(sql, arguments).executeQuery()) {
            return rows.next() ? row.read(rows) : null;
        }
    }

    <T> Optional<T> optional(Row<T> row, String sql, @Nullable Object... arguments) throws SQLException {
        return Optional.ofNullable(first(row, sql, arguments));
    }

    /** The sink must not run the same statement. */
    <T> void stream(Row<T> row, Sink<T> sink, String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bound(sql, arguments).executeQuery()) {
            while (rows.next()) {
                sink.take(row.read(rows));
            }
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    /** Closes the connection, and with it the statements. */
    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        connection.close();
    }
}
