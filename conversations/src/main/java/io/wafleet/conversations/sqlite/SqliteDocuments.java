package io.wafleet.conversations.sqlite;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import io.wafleet.conversations.Alias;
import io.wafleet.conversations.Documents;
import io.wafleet.conversations.StateCodec;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.StoredThread;
import io.wafleet.conversations.ThreadId;
import io.wafleet.conversations.WriteSet.Drained;
import io.wafleet.conversations.WriteSet.Written;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The documents as rows, within one transaction of the writer. */
final class SqliteDocuments implements Documents {
    private final SqliteSession session;
    private final Map<ThreadId, Long> threadRows = new HashMap<>();

    SqliteDocuments(SqliteSession session) {
        this.session = session;
    }

    /** Carries an SQLException through code that knows no SQL. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final SQLException sql;

        Failed(SQLException sql) {
            super(sql);
            this.sql = sql;
        }

        SQLException sql() {
            return sql;
        }
    }

    static StoredThread thread(ResultSet row) throws SQLException {
        return StateCodec.decode(row.getBytes(1), StoredThread.class);
    }

    static StoredMessage message(ResultSet row) throws SQLException {
        return StateCodec.decode(row.getBytes(1), StoredMessage.class);
    }

    static AccountStatusRecord account(ResultSet row) throws SQLException {
        return StateCodec.decode(row.getBytes(1), AccountStatusRecord.class);
    }

    static Alias alias(ResultSet row) throws SQLException {
        return StateCodec.decode(row.getBytes(1), Alias.class);
    }

    @Override
    public @Nullable Instant erasedAt(AccountId account) {
        return find(row -> Instant.ofEpochMilli(row.getLong(1)), "SELECT at FROM erasure WHERE account = ?",
                account.value());
    }

    @Override
    public @Nullable AccountStatusRecord account(AccountId account) {
        return find(SqliteDocuments::account, "SELECT state FROM account WHERE id = ?", account.value());
    }

    @Override
    public @Nullable Alias alias(AccountId account, Chat lid) {
        return find(SqliteDocuments::alias, "SELECT state FROM alias WHERE account = ? AND lid = ?", account.value(),
                lid.jid());
    }

    @Override
    public @Nullable StoredThread thread(ThreadId id) {
        return find(SqliteDocuments::thread, "SELECT state FROM thread WHERE id = ? AND state IS NOT NULL", id.text());
    }

    @Override
    public @Nullable StoredMessage message(ThreadId thread, MessageId id) {
        Long row = threadRow(thread);
        return row == null
                ? null
                : find(SqliteDocuments::message, "SELECT state FROM message WHERE thread = ? AND id = ?", row,
                        id.value());
    }

    private <T> @Nullable T find(SqliteSession.Row<T> row, String sql, Object... arguments) {
        try {
            return session.first(row, sql, arguments);
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    private @Nullable Long threadRow(ThreadId thread) {
        Long known = threadRows.get(thread);
        if (known != null) {
            return known;
        }
        Long row = find(r -> r.getLong(1), "SELECT row FROM thread WHERE id = ?", thread.text());
        if (row != null) {
            threadRows.put(thread, row);
        }
        return row;
    }

    /** So many messages of a thread as fit a page, from any place: they are taken out as they are moved. */
    List<StoredMessage> some(ThreadId thread, int limit) throws SQLException {
        return session.list(SqliteDocuments::message, """
                SELECT m.state FROM message m JOIN thread t ON t.row = m.thread WHERE t.id = ? LIMIT ?""",
                thread.text(), limit);
    }

    void write(Drained drained) throws SQLException {
        for (Written<AccountStatusRecord> account : drained.accounts()) {
            session.update("INSERT OR REPLACE INTO account (id, state) VALUES (?, ?)",
                    account.after().account().value(), StateCodec.encode(account.after()));
        }
        for (Written<Alias> alias : drained.aliases()) {
            session.update("INSERT OR REPLACE INTO alias (account, lid, state) VALUES (?, ?, ?)",
                    alias.after().account().value(), alias.after().lid().jid(), StateCodec.encode(alias.after()));
        }
        for (Written<StoredThread> thread : drained.threads()) {
            write(thread.after());
        }
        for (Written<StoredMessage> message : drained.messages()) {
            write(message.before(), message.after());
        }
    }

    private void write(StoredThread thread) throws SQLException {
        StoredThread.Last last = thread.last();
        session.update("""
                INSERT INTO thread (account, id, last_at, state) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET last_at = excluded.last_at, state = excluded.state""",
                thread.id().account().value(), thread.id().text(), last == null ? null : last.at().toEpochMilli(),
                StateCodec.encode(thread));
    }

    private void write(@Nullable StoredMessage before, StoredMessage message) throws SQLException {
        Long row = session.first(r -> r.getLong(1), """
                INSERT INTO message (thread, id, at, state) VALUES (?, ?, ?, ?)
                ON CONFLICT (thread, id) DO UPDATE SET at = excluded.at, state = excluded.state RETURNING row""",
                rowToWrite(message.thread()), message.id().value(),
                message.orderTime().map(Instant::toEpochMilli).orElse(null), StateCodec.encode(message));
        String indexed = before == null ? "" : searchable(before);
        String text = searchable(message);
        if (!text.equals(indexed)) {
            index(Objects.requireNonNull(row), message.thread(), text, !indexed.isEmpty());
        }
    }

    private static String searchable(StoredMessage message) {
        return message.orderTime().isPresent() ? message.text() : "";
    }

    private void index(long row, ThreadId thread, String text, boolean isIndexed) throws SQLException {
        if (isIndexed) {
            session.update("DELETE FROM message_text WHERE rowid = ?", row);
        }
        if (!text.isEmpty()) {
            session.update("INSERT INTO message_text (rowid, scope, body) VALUES (?, ?, ?)", row,
                    SearchWords.scope(thread), SearchWords.body(text));
        }
    }

    private long rowToWrite(ThreadId thread) throws SQLException {
        Long row = threadRow(thread);
        if (row == null) {
            session.update("INSERT INTO thread (account, id) VALUES (?, ?)", thread.account().value(), thread.text());
            row = Objects.requireNonNull(threadRow(thread));
        }
        return row;
    }

    /** Takes a message out that now lies elsewhere. */
    void remove(StoredMessage message) throws SQLException {
        Long row = session.first(r -> r.getLong(1), "DELETE FROM message WHERE thread = ? AND id = ? RETURNING row",
                rowToWrite(message.thread()), message.id().value());
        if (row != null && !searchable(message).isEmpty()) {
            session.update("DELETE FROM message_text WHERE rowid = ?", row);
        }
    }
}
