package io.wafleet.conversations.sqlite;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Epoch;
import io.wafleet.conversations.BackupStamp;
import io.wafleet.conversations.Chunks;
import io.wafleet.conversations.CredentialBackup;
import io.wafleet.conversations.CredentialBackup.Verdict;
import io.wafleet.conversations.CredentialBackups;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Backups of credentials: a row that says which is the newest, and its chunks. */
final class SqliteBackups implements CredentialBackups {
    private final SqliteReaders readers;
    private final SqliteWriter writer;

    SqliteBackups(SqliteReaders readers, SqliteWriter writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public Map<AccountId, BackupStamp> backups() {
        Map<AccountId, BackupStamp> stamps = new HashMap<>();
        readers.readAtOnce(session -> session.list(
                row -> stamps.put(new AccountId(row.getString(1)),
                        new BackupStamp(new Epoch(row.getLong(2)), row.getLong(3))),
                "SELECT account, epoch, version FROM backup"));
        return stamps;
    }

    @Override
    public CredentialBackup backup(AccountId account) {
        return readers.readAtOnce(session -> read(session, account));
    }

    @Override
    public BackupOutcome put(AccountId account, BackupStamp stamp, byte[] sealed) {
        List<byte[]> chunks = Chunks.split(sealed);
        return writer.transaction(
                session -> replace(session, account, stamp, chunks, read(session, account).onPut(stamp)));
    }

    @Override
    public BackupOutcome clear(AccountId account, BackupStamp stamp) {
        return writer.transaction(
                session -> replace(session, account, stamp, List.of(), read(session, account).onClear(stamp)));
    }

    private static BackupOutcome replace(SqliteSession session, AccountId account, BackupStamp stamp,
            List<byte[]> chunks, Verdict verdict) throws SQLException {
        return switch (verdict) {
            case OLDER -> BackupOutcome.OLDER;
            case SAME -> BackupOutcome.STORED;
            case NEWER -> {
                session.update("DELETE FROM backup_chunk WHERE account = ?", account.value());
                session.update("INSERT OR REPLACE INTO backup (account, epoch, version, chunks) VALUES (?, ?, ?, ?)",
                        account.value(), stamp.epoch().value(), stamp.version(), chunks.size());
                for (int i = 0; i < chunks.size(); i++) {
                    session.update("INSERT INTO backup_chunk (account, number, sealed) VALUES (?, ?, ?)",
                            account.value(), i, chunks.get(i));
                }
                yield BackupOutcome.STORED;
            }
        };
    }

    private static CredentialBackup read(SqliteSession session, AccountId account) throws SQLException {
        BackupStamp stamp = session.first(row -> new BackupStamp(new Epoch(row.getLong(1)), row.getLong(2)),
                "SELECT epoch, version FROM backup WHERE account = ?", account.value());
        if (stamp == null) {
            return new CredentialBackup.Absent();
        }
        List<byte[]> chunks = session.list(row -> row.getBytes(1),
                "SELECT sealed FROM backup_chunk WHERE account = ? ORDER BY number", account.value());
        return chunks.isEmpty()
                ? new CredentialBackup.Cleared(stamp)
                : new CredentialBackup.Kept(stamp, Chunks.join(chunks));
    }
}
