package io.wafleet.worker.backup.store;

import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.CredentialBackups;
import io.wafleet.conversations.StoreUnavailableException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The store, opened when it is first needed: a worker starts without it, and whoever needs it tries again. Thread-safe. */
final class OpenStore implements AutoCloseable {
    private final Supplier<? extends CredentialBackups> opening;
    private @Nullable CredentialBackups store;
    private boolean closed;

    OpenStore(Supplier<? extends CredentialBackups> opening) {
        this.opening = opening;
    }

    /**
     * The store.
     *
     * @throws StoreUnavailableException when it cannot be opened now, or is closed
     */
    synchronized CredentialBackups backups() {
        if (closed) {
            throw new StoreUnavailableException(StoreUnavailableException.Reason.DOWN, "the worker ends", null);
        }
        CredentialBackups open = store;
        if (open == null) {
            open = opening.get();
            store = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (store instanceof ConversationStore whole) {
            whole.close();
        }
    }
}
