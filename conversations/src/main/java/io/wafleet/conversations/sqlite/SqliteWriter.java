package io.wafleet.conversations.sqlite;

import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.DocumentTooLargeException;
import io.wafleet.conversations.Fold;
import io.wafleet.conversations.Join;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.StoreUnavailableException.Reason;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.UnstorableException;
import io.wafleet.conversations.WriteSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The one connection that writes. Each call is one transaction: all of it is kept, or nothing. Safe for all threads. */
final class SqliteWriter implements AutoCloseable {
    private static final int MOVED_AT_ONCE = 500;

    private final SqliteFile file;
    private final SqliteSession session;
    private final @Nullable Object identity;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    SqliteWriter(SqliteFile file) {
        this.file = file;
        session = file.openWriter();
        identity = file.identity();
    }

    /** What a transaction does. */
    interface Work<T> {
        T run(SqliteSession session) throws SQLException;
    }

    void apply(List<Change> changes) {
        try {
            transaction(s -> fold(s, changes, false));
        } catch (DocumentTooLargeException _) {
            // which one it was, only writing after each change tells
            transaction(s -> fold(s, changes, true));
        }
    }

    private static int fold(SqliteSession session, List<Change> changes, boolean oneByOne) throws SQLException {
        SqliteDocuments documents = new SqliteDocuments(session);
        WriteSet set = new WriteSet(documents);
        Fold fold = new Fold(set);
        for (Change change : changes) {
            try {
                Optional<Join> join = fold.apply(change);
                if (join.isPresent()) {
                    move(documents, set, fold, join.get());
                }
                if (oneByOne) {
                    documents.write(set.drain());
                }
            } catch (DocumentTooLargeException e) {
                if (oneByOne) {
                    throw new UnstorableException(change, String.valueOf(e.getMessage()));
                }
                throw e;
            }
        }
        documents.write(set.drain());
        return changes.size();
    }

    private static void move(SqliteDocuments documents, WriteSet set, Fold fold, Join join) throws SQLException {
        documents.write(set.drain());
        List<StoredMessage> page = documents.some(join.from(), MOVED_AT_ONCE);
        while (!page.isEmpty()) {
            for (StoredMessage message : page) {
                fold.move(message, join.to());
                documents.remove(message);
                set.forget(message.thread(), message.id());
            }
            documents.write(set.drain());
            page = documents.some(join.from(), MOVED_AT_ONCE);
        }
        fold.joined(join);
    }

    <T> T transaction(Work<T> work) {
        lock.lock();
        try {
            if (closed) {
                throw new StoreUnavailableException(Reason.DOWN, "store " + file.path() + " is closed", null);
            }
            if (!Objects.equals(identity, file.identity())) {
                // what is written to a file that has no name any more is lost
                throw new StoreUnavailableException(Reason.DOWN, "store " + file.path()
                        + " was moved away or replaced: put it back, or restart to use what is there now", null);
            }
            return begun(work);
        } catch (UnreadableRecordException e) {
            throw SqliteFailures.unreadable(file.path(), e);
        } catch (SqliteDocuments.Failed e) {
            throw SqliteFailures.of(file.path(), e.sql());
        } catch (SQLException e) {
            throw SqliteFailures.of(file.path(), e);
        } finally {
            lock.unlock();
        }
    }

    private <T> T begun(Work<T> work) throws SQLException {
        // IMMEDIATE: a transaction that reads first and writes later could not wait for another process's
        session.run("BEGIN IMMEDIATE");
        boolean committed = false;
        try {
            T result = work.run(session);
            session.run("COMMIT");
            committed = true;
            return result;
        } finally {
            if (!committed) {
                session.rollBack();
            }
        }
    }

    /** For what cannot run within a transaction. */
    void outside(String sql) {
        lock.lock();
        try {
            session.run(sql);
        } catch (SQLException e) {
            throw SqliteFailures.of(file.path(), e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
            }
        } catch (SQLException e) {
            throw SqliteFailures.of(file.path(), e);
        } finally {
            lock.unlock();
        }
    }
}
