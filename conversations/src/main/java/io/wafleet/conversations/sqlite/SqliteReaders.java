package io.wafleet.conversations.sqlite;

import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.StoreUnavailableException.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A few connections that only read, opened when first needed; who finds all in use waits. Safe for all threads. */
final class SqliteReaders implements AutoCloseable {
    /** Threads that read at once. */
    static final int COUNT = 4;

    private final SqliteFile file;
    private final Duration patience;
    private final BlockingQueue<Slot> slots;
    private final int count;

    SqliteReaders(SqliteFile file, int count, Duration patience) {
        this.file = file;
        this.patience = patience;
        this.count = count;
        slots = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            slots.add(new Slot());
        }
    }

    /** Place for one connection. */
    private static final class Slot {
        private @Nullable SqliteSession session;
        private @Nullable Object identity;
        private boolean closed;
    }

    <T> T read(SqliteWriter.Work<T> work) {
        Slot slot = take();
        try {
            if (slot.closed) {
                throw new StoreUnavailableException(Reason.DOWN, "store " + file.path() + " is closed", null);
            }
            return work.run(current(slot));
        } catch (UnreadableRecordException e) {
            throw SqliteFailures.unreadable(file.path(), e);
        } catch (SQLException e) {
            throw SqliteFailures.of(file.path(), e);
        } finally {
            slots.add(slot);
        }
    }

    /** The slot's connection, to the file that is there now. */
    private SqliteSession current(Slot slot) {
        Object identity = file.identity();
        SqliteSession session = slot.session;
        if (session != null && Objects.equals(identity, slot.identity)) {
            return session;
        }
        if (session != null) {
            slot.session = null;
            close(session);
        }
        session = file.openReader();
        slot.session = session;
        slot.identity = identity;
        return session;
    }

    /** All that is read by the work is of one moment. */
    <T> T readAtOnce(SqliteWriter.Work<T> work) {
        return read(session -> {
            session.run("BEGIN");
            try {
                return work.run(session);
            } finally {
                session.run("COMMIT");
            }
        });
    }

    private Slot take() {
        try {
            Slot slot = slots.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (slot == null) {
                throw new StoreUnavailableException(Reason.BUSY, "store " + file.path() + " is read by too many", null);
            }
            return slot;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(Reason.DOWN, "interrupted while waiting for store " + file.path(), e);
        }
    }

    @Override
    public void close() {
        List<Slot> all = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                Slot slot = take();
                all.add(slot);
                slot.closed = true;
                SqliteSession session = slot.session;
                if (session != null) {
                    slot.session = null;
                    close(session);
                }
            }
        } finally {
            // Also when one read takes too long: who comes later is told that it is closed.
            slots.addAll(all);
        }
    }

    private void close(SqliteSession session) {
        try {
            session.close();
        } catch (SQLException e) {
            throw SqliteFailures.of(file.path(), e);
        }
    }
}
