package io.wafleet.worker.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a link remembers of its earlier connections under this owner.
 *
 * @param connections how many were opened; the number of the latest
 * @param failures failed attempts since the link was last stable; the backoff grows with it
 * @param restarts 515s since the link was last stable
 * @param replacedAt when another client last took the connection (440); null when never
 */
record Past(long connections, int failures, int restarts, @Nullable Instant replacedAt) {
    static final Past NONE = new Past(0, 0, 0, null);

    Past opened() {
        return new Past(connections + 1, failures, restarts, replacedAt);
    }

    Past failed() {
        return new Past(connections, failures + 1, restarts, replacedAt);
    }

    Past restarted() {
        return new Past(connections, failures, restarts + 1, replacedAt);
    }

    Past replaced(Instant at) {
        return new Past(connections, failures, restarts, at);
    }

    /** It stayed open long enough, or a person wants it tried at once: the next failure is the first. */
    Past calmed() {
        return new Past(connections, 0, 0, replacedAt);
    }

    /** A person decided anew: nothing is held against the link. */
    Past forgiven() {
        return new Past(connections, 0, 0, null);
    }
}
