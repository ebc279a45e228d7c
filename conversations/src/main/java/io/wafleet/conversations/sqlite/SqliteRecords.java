package io.wafleet.conversations.sqlite;

import io.wafleet.contract.AccountId;
import io.wafleet.conversations.AccountRecords;
import io.wafleet.conversations.DocumentFields;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Export and erasure of one account. */
final class SqliteRecords implements AccountRecords {
    private final SqliteReaders readers;
    private final SqliteWriter writer;

    SqliteRecords(SqliteReaders readers, SqliteWriter writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public void export(AccountId account, Consumer<Exported> sink) {
        readers.readAtOnce(session -> {
            String id = account.value();
            session.stream(SqliteDocuments::account,
                    a -> sink.accept(new Exported("accounts/" + id, DocumentFields.of(a))),
                    "SELECT state FROM account WHERE id = ?", id);
            session.stream(SqliteDocuments::thread,
                    t -> sink.accept(new Exported("threads/" + t.id().text(), DocumentFields.of(t))),
                    "SELECT state FROM thread WHERE account = ? AND state IS NOT NULL ORDER BY id", id);
            session.stream(SqliteDocuments::message,
                    m -> sink.accept(new Exported("threads/" + m.thread().text() + "/messages/" + m.id().value(),
                            DocumentFields.whole(m))),
                    """
                            SELECT m.state FROM thread t JOIN message m ON m.thread = t.row WHERE t.account = ?
                            ORDER BY t.id, m.at, m.id""", id);
            return account;
        });
    }

    /**
     * In one transaction. What it deletes is also overwritten ({@link SqliteFile}); what the log still holds of it goes as soon as no
     * reader needs that any more.
     */
    @Override
    public long erase(AccountId account, Instant at) {
        long count = writer.transaction(session -> eraseRows(session, account, at));
        writer.outside("PRAGMA wal_checkpoint(TRUNCATE)");
        return count;
    }

    @Override
    public Optional<Instant> erasedAt(AccountId account) {
        return readers.readAtOnce(session -> session.list(row -> Instant.ofEpochMilli(row.getLong(1)),
                "SELECT at FROM erasure WHERE account = ?", account.value())).stream().findFirst();
    }

    private static long eraseRows(SqliteSession session, AccountId account, Instant at) throws SQLException {
        String id = account.value();
        session.update("""
                INSERT INTO erasure (account, at) VALUES (?, ?)
                ON CONFLICT (account) DO UPDATE SET at = max(at, excluded.at)""", id, at.toEpochMilli());
        session.update("""
                DELETE FROM message_text WHERE rowid IN (SELECT m.row FROM message m JOIN thread t ON t.row = m.thread
                WHERE t.account = ?)""", id);
        long count = session
                .update("DELETE FROM message WHERE thread IN (SELECT row FROM thread WHERE account = ?)", id);
        count += session.update("DELETE FROM thread WHERE account = ?", id);
        count += session.update("DELETE FROM alias WHERE account = ?", id);
        count += session.update("DELETE FROM account WHERE id = ?", id);
        count += session.update("DELETE FROM backup_chunk WHERE account = ?", id);
        count += session.update("DELETE FROM imported_session WHERE account = ?", id);
        session.update("UPDATE backup SET chunks = 0 WHERE account = ?", id);
        // the search index keeps deleted words until its parts are merged
        session.update("INSERT INTO message_text (message_text) VALUES ('optimize')");
        return count;
    }
}
