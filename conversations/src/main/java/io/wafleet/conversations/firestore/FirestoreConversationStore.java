package io.wafleet.conversations.firestore;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.conversations.BackupStamp;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.CredentialBackup;
import io.wafleet.conversations.Page;
import io.wafleet.conversations.PageRequest;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.StoredThread;
import io.wafleet.conversations.ThreadId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The store in Google Firestore, for a fleet on many machines, under the names that the original's apps read. It does not search. A
 * batch of changes can become several transactions: another one may see a part of it, and one that failed may have been applied in part.
 */
public final class FirestoreConversationStore implements ConversationStore {
    private final FirestoreSession session;
    private final FirestoreWriter writer;
    private final FirestoreConversationReads reads;
    private final FirestoreBackups backups;
    private final FirestoreImportedSessions imported;
    private final FirestoreRecords records;

    FirestoreConversationStore(FirestoreSession session) {
        this.session = session;
        writer = new FirestoreWriter(session);
        reads = new FirestoreConversationReads(session);
        backups = new FirestoreBackups(session);
        imported = new FirestoreImportedSessions(session);
        records = new FirestoreRecords(session, backups, imported);
    }

    /**
     * Uses a project's Firestore; nothing is asked of it yet.
     *
     * @param project empty: that of the environment's credentials
     * @throws io.wafleet.settings.InvalidSettingsException when there is no project, or no credentials
     */
    public static FirestoreConversationStore open(String project) {
        return new FirestoreConversationStore(FirestoreConnection.open(project));
    }

    @Override
    public void apply(List<Change> changes) {
        if (changes.size() > MAX_BATCH) {
            throw new IllegalArgumentException("a batch has at most " + MAX_BATCH + " changes");
        }
        session.read(_ -> {
            writer.apply(changes);
            return changes;
        });
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
        session.close();
    }
}
