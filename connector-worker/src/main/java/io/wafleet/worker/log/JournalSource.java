package io.wafleet.worker.log;

import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.journal.JournalImage;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Reads journals. Thread-safe. */
public interface JournalSource {
    /** Begins to read a partition's journal from its beginning. */
    Reading read(int partition);

    /** One reading of one partition's journal; its two phases are called once each, in order. */
    interface Reading {
        /**
         * Reads as far as the journal is settled (last stable offset), and beyond that for claims.
         *
         * @return every producer with a live claim, or with a claim that may still be committed; fails with the broker's error
         */
        CompletableFuture<Set<TransactionalId>> settled();

        /** Reads on to the end as it stands now; fails with the broker's error. */
        CompletableFuture<JournalImage> toEnd();

        /** The newest position seen so far; to be asked between the phases. */
        long position();

        /** Ends the reading, whatever phase it is in. */
        void cancel();
    }
}
