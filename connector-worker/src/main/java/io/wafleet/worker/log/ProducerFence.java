package io.wafleet.worker.log;

import io.wafleet.contract.TransactionalId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Ends other producers' power to write. Thread-safe. */
public interface ProducerFence {
    /**
     * Fences these producers: what they left open is rolled back, what they may still try is refused. Done once for each.
     *
     * @param within at most this long; after it, the request is given up
     * @return done when all are fenced; fails with the broker's error or a timeout, when some may not be
     */
    CompletableFuture<Void> fence(Set<TransactionalId> producers, Duration within);
}
