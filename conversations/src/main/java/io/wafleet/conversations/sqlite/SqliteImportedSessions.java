package io.wafleet.conversations.sqlite;

import io.wafleet.contract.AccountId;
import io.wafleet.conversations.Chunks;
import io.wafleet.conversations.ImportedSessions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Imported sessions: rows with a piece each. */
final class SqliteImportedSessions implements ImportedSessions {
    private final SqliteReaders readers;
    private final SqliteWriter writer;

    SqliteImportedSessions(SqliteReaders readers, SqliteWriter writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public Optional<byte[]> importedSession(AccountId account) {
        List<byte[]> chunks = readers.readAtOnce(session -> session.list(row -> row.getBytes(1),
                "SELECT sealed FROM imported_session WHERE account = ? ORDER BY number", account.value()));
        return chunks.isEmpty() ? Optional.empty() : Optional.of(Chunks.join(chunks));
    }

    @Override
    public void keepImportedSession(AccountId account, byte[] sealed) {
        List<byte[]> chunks = Chunks.split(sealed);
        writer.transaction(session -> keep(session, account, chunks));
    }

    private static int keep(SqliteSession session, AccountId account, List<byte[]> chunks) throws SQLException {
        session.update("DELETE FROM imported_session WHERE account = ?", account.value());
        for (int i = 0; i < chunks.size(); i++) {
            session.update("INSERT INTO imported_session (account, number, sealed) VALUES (?, ?, ?)", account.value(),
                    i, chunks.get(i));
        }
        return chunks.size();
    }
}
