package io.wafleet.conversations.sqlite;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.conversations.BackupStamp;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.CredentialBackup;
import io.wafleet.conversations.Page;
import io.wafleet.conversations.PageRequest;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.StoredThread;
import io.wafleet.conversations.ThreadId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The embedded store: one file, for all processes of one machine. One connection writes, a few read; both survive {@code kill -9} at
 * any moment ({@link SqliteFile}).
 */
public final class SqliteConversationStore implements ConversationStore {
    private final SqliteWriter writer;
    private final SqliteConversationReads reads;
    private final SqliteBackups backups;
    private final SqliteImportedSessions imported;
    private final SqliteRecords records;

    private SqliteConversationStore(SqliteWriter writer, SqliteReaders readers) {
        this.writer = writer;
        reads = new SqliteConversationReads(readers);
        backups = new SqliteBackups(readers, writer);
        imported = new SqliteImportedSessions(readers, writer);
        records = new SqliteRecords(readers, writer);
    }

    /**
     * Opens the file to read and write; makes it when it is not there.
     *
     * @throws StoreUnavailableException saying what is wrong with it
     */
    public static SqliteConversationStore open(Path path) {
        return open(path, SqliteFile.PATIENCE);
    }

    /** The same, waiting so long for another process that writes. */
    static SqliteConversationStore open(Path path, Duration patience) {
        SqliteFile file = new SqliteFile(path, patience);
        return new SqliteConversationStore(new SqliteWriter(file),
                new SqliteReaders(file, SqliteReaders.COUNT, patience));
    }

    @Override
    public void apply(List<Change> changes) {
        if (changes.size() > MAX_BATCH) {
            throw new IllegalArgumentException("a batch has at most " + MAX_BATCH + " changes");
        }
        writer.apply(changes);
    }

    @Override
    public List<AccountStatusRecord> accounts() {
        return reads.accounts();
    }

    @Override
    public Page<StoredThread> threads(AccountId account, PageRequest page) {
        return reads.threads(account, page);
    }

    @Override
    public Optional<StoredThread> thread(ThreadId id) {
        return reads.thread(id);
    }

    @Override
    public Page<StoredMessage> messages(ThreadId thread, PageRequest page) {
        return reads.messages(thread, page);
    }

    @Override
    public Optional<StoredMessage> message(ThreadId thread, MessageId id) {
        return reads.message(thread, id);
    }

    @Override
    public Optional<Page<StoredMessage>> search(AccountId account, @Nullable ThreadId thread, String words,
            PageRequest page) {
        return reads.search(account, thread, words, page);
    }

    @Override
    public Map<AccountId, BackupStamp> backups() {
        return backups.backups();
    }

    @Override
    public CredentialBackup backup(AccountId account) {
        return backups.backup(account);
    }

    @Override
    public BackupOutcome put(AccountId account, BackupStamp stamp, byte[] sealed) {
        return backups.put(account, stamp, sealed);
    }

    @Override
    public BackupOutcome clear(AccountId account, BackupStamp stamp) {
        return backups.clear(account, stamp);
    }

    @Override
    public Optional<byte[]> importedSession(AccountId account) {
        return imported.importedSession(account);
    }

    @Override
    public void keepImportedSession(AccountId account, byte[] sealed) {
        imported.keepImportedSession(account, sealed);
    }

    @Override
    public void export(AccountId account, Consumer<Exported> sink) {
        records.export(account, sink);
    }

    @Override
    public long erase(AccountId account, Instant at) {
        return records.erase(account, at);
    }

    @Override
    public Optional<Instant> erasedAt(AccountId account) {
        return records.erasedAt(account);
    }

    @Override
    public void close() {
        try {
            reads.close();
        } finally {
            writer.close();
        }
    }
}
