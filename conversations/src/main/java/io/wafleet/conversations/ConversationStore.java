package io.wafleet.conversations;

import java.util.List;

/**
 * Keeps what people read. Its parts: the one way in ({@link #apply}), {@link ConversationReads}, {@link CredentialBackups},
 * {@link ImportedSessions} and {@link AccountRecords}. Safe for all threads, and for several processes at once; calls block.
 *
 * <p>A call that fails throws {@link StoreUnavailableException}: whether it was done is not known, and it can be repeated.
 */
public interface ConversationStore extends ConversationReads, CredentialBackups, ImportedSessions, AccountRecords {
    /** A batch's changes at most: so that what they write fits one commit of each store. */
    int MAX_BATCH = 500;

    /**
     * Applies changes in their order. When it returns they are kept, also should the machine lose its power; repeating it changes
     * nothing.
     *
     * @param changes at most {@link #MAX_BATCH}
     * @throws StoreUnavailableException when it may succeed later: then none of the changes counts as applied, and the batch is to
     *     be repeated
     * @throws UnstorableException when one of them, which it names, never will: without it, the batch is to be repeated
     */
    void apply(List<Change> changes);

    /** Ends all use; what was applied is kept. */
    @Override
    void close();
}
