package io.wafleet.worker.kafka;

import java.util.HashMap;
import java.util.Map;

/**
 * Where this worker wrote each journal last. A journal that ends before that was deleted and made anew: a change in it of what it does
 * not hold would be taken for all there is. Used by the writer's thread.
 */
final class JournalEnds {
    private final Map<Integer, Long> newest = new HashMap<>();

    /** The journal is not the one that was written before; nothing may be committed to it until it is read. */
    static final class JournalLostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private JournalLostException(int partition, long offset, long before) {
            super("the journal of partition " + partition + " ends at " + offset + ", and was written up to " + before
                    + " before: it was deleted");
        }
    }

    /**
     * A record was acknowledged.
     *
     * @throws JournalLostException once for all journals, since all of them are read before anything else is written
     */
    void written(int partition, long offset) {
        Long before = newest.put(partition, offset);
        if (before != null && offset <= before) {
            newest.clear();
            throw new JournalLostException(partition, offset, before);
        }
    }
}
