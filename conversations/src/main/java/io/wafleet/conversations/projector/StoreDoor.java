package io.wafleet.conversations.projector;

import io.wafleet.conversations.Change;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way into a store that may be away for any time, already at the start. Knows when the next attempt is due: after a failure that passes
 * the pauses double, after one that only a person can mend it tries again slowly. An open store is never opened anew: a file that was moved
 * away would be begun as an empty one. One thread uses it; {@link #isOpen} is for all.
 */
final class StoreDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreDoor.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final Supplier<ConversationStore> opening;
    private final Duration longestPause;
    private final LongSupplier nanoTime;
    private @Nullable ConversationStore store;
    private Duration pause = FIRST_PAUSE;
    private long dueNanos;
    private @Nullable Long failingSinceNanos;
    private volatile boolean isOpen;

    /**
     * @param opening may fail as any use of the store may
     */
    StoreDoor(Supplier<ConversationStore> opening, Duration longestPause, LongSupplier nanoTime) {
        this.opening = opening;
        this.longestPause = longestPause;
        this.nanoTime = nanoTime;
        this.dueNanos = nanoTime.getAsLong();
    }

    /** Whether the store did what was last asked of it. */
    boolean isOpen() {
        return isOpen;
    }

    /** How long until the next attempt is due; zero: now. */
    Duration untilDue() {
        return Duration.ofNanos(Math.max(0, dueNanos - nanoTime.getAsLong()));
    }

    /**
     * Opens the store, when it is not.
     *
     * @throws StoreUnavailableException when it cannot be opened now; the next attempt is due later
     */
    void open() {
        if (store == null) {
            try {
                store = opening.get();
                works();
            } catch (StoreUnavailableException e) {
                failed(e);
                throw e;
            }
        }
    }

    /**
     * Applies changes.
     *
     * @throws StoreUnavailableException when none of them counts as applied; the next attempt is due later
     * @throws io.wafleet.conversations.UnstorableException when one of them never will be
     */
    void apply(List<Change> changes) {
        open();
        try {
            Objects.requireNonNull(store).apply(changes);
            works();
        } catch (StoreUnavailableException e) {
            failed(e);
            throw e;
        }
    }

    private void works() {
        if (failingSinceNanos != null) {
            LOG.info("the store works again, after {} ms",
                    Duration.ofNanos(nanoTime.getAsLong() - failingSinceNanos).toMillis());
        }
        failingSinceNanos = null;
        pause = FIRST_PAUSE;
        isOpen = true;
    }

    private void failed(StoreUnavailableException e) {
        isOpen = false;
        long now = nanoTime.getAsLong();
        if (failingSinceNanos == null) {
            failingSinceNanos = now;
        }
        Duration wait = e.reason().isRetryable() ? pause : longestPause;
        dueNanos = now + wait.toNanos();
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
        LOG.warn("{}{}; trying again in {} ms", e.getMessage(),
                e.reason().isRetryable() ? "" : " (it takes a person to mend this)", wait.toMillis());
    }

    @Override
    public void close() {
        isOpen = false;
        if (store != null) {
            store.close();
        }
    }
}
