package io.wafleet.conversations.sqlite;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.conversations.Alias;
import io.wafleet.conversations.ConversationReads;
import io.wafleet.conversations.Cursor;
import io.wafleet.conversations.Page;
import io.wafleet.conversations.PageRequest;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.StoredThread;
import io.wafleet.conversations.ThreadId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people read of the embedded store, for a process that only reads. The file need not be there yet, nor be whole: each call says
 * so then, and the next one may succeed.
 */
public final class SqliteConversationReads implements ConversationReads, AutoCloseable {
    private final SqliteReaders readers;

    SqliteConversationReads(SqliteReaders readers) {
        this.readers = readers;
    }

    /** Reads the file, which another process writes. */
    public static SqliteConversationReads open(Path path) {
        return new SqliteConversationReads(
                new SqliteReaders(new SqliteFile(path, SqliteFile.PATIENCE), SqliteReaders.COUNT, SqliteFile.PATIENCE));
    }

    @Override
    public void close() {
        readers.close();
    }

    @Override
    public List<AccountStatusRecord> accounts() {
        return readers.read(s -> s.list(SqliteDocuments::account, "SELECT state FROM account ORDER BY id"));
    }

    @Override
    public Page<StoredThread> threads(AccountId account, PageRequest page) {
        Cursor after = page.after();
        List<StoredThread> found = readers.read(s -> after == null
                ? s.list(SqliteDocuments::thread, """
                        SELECT state FROM thread WHERE account = ? AND last_at IS NOT NULL
                        ORDER BY last_at DESC, id DESC LIMIT ?""", account.value(), page.limit() + 1)
                : s.list(SqliteDocuments::thread, """
                        SELECT state FROM thread WHERE account = ? AND last_at IS NOT NULL AND (last_at, id) < (?, ?)
                        ORDER BY last_at DESC, id DESC LIMIT ?""", account.value(), after.at().toEpochMilli(),
                        after.id(), page.limit() + 1));
        return Page.of(found, page.limit(), Cursor::of);
    }

    @Override
    public Optional<StoredThread> thread(ThreadId id) {
        return readers.read(s -> s.optional(SqliteDocuments::thread,
                "SELECT state FROM thread WHERE id = ? AND last_at IS NOT NULL", meant(s, id).text()));
    }

    @Override
    public Page<StoredMessage> messages(ThreadId thread, PageRequest page) {
        Cursor after = page.after();
        List<StoredMessage> found = readers.read(s -> after == null
                ? s.list(SqliteDocuments::message, """
                        SELECT state FROM message WHERE thread = (SELECT row FROM thread WHERE id = ?)
                        AND at IS NOT NULL ORDER BY at DESC, id DESC LIMIT ?""", meant(s, thread).text(),
                        page.limit() + 1)
                : s.list(SqliteDocuments::message, """
                        SELECT state FROM message WHERE thread = (SELECT row FROM thread WHERE id = ?)
                        AND at IS NOT NULL AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?""",
                        meant(s, thread).text(), after.at().toEpochMilli(), after.id(), page.limit() + 1));
        return Page.of(found, page.limit(), Cursor::of);
    }

    @Override
    public Optional<StoredMessage> message(ThreadId thread, MessageId id) {
        return readers.read(s -> s.optional(SqliteDocuments::message, """
                SELECT state FROM message WHERE thread = (SELECT row FROM thread WHERE id = ?) AND id = ?
                AND at IS NOT NULL""", meant(s, thread).text(), id.value()));
    }

    @Override
    public Optional<Page<StoredMessage>> search(AccountId account, @Nullable ThreadId thread, String words,
            PageRequest page) {
        Cursor after = page.after();
        List<StoredMessage> found = readers.read(s -> {
            String query = SearchWords.query(account, thread == null ? null : meant(s, thread), words);
            long latest = after == null ? Long.MAX_VALUE : after.at().toEpochMilli();
            return query == null
                    ? List.of()
                    : s.list(SqliteDocuments::message,
                            """
                                    SELECT m.state FROM message_text f JOIN message m ON m.row = f.rowid
                                    WHERE message_text MATCH ? AND (m.at, m.id) < (?, ?) ORDER BY m.at DESC, m.id DESC LIMIT ?""",
                            query, latest, after == null ? "" : after.id(), page.limit() + 1);
        });
        return Optional.of(Page.of(found, page.limit(), Cursor::of));
    }

    private static ThreadId meant(SqliteSession session, ThreadId thread) throws SQLException {
        if (!ThreadId.isLid(thread.chat())) {
            return thread;
        }
        Alias alias = session.first(SqliteDocuments::alias, "SELECT state FROM alias WHERE account = ? AND lid = ?",
                thread.account().value(), thread.chat().jid());
        return alias == null ? thread : new ThreadId(thread.account(), alias.phone());
    }
}
