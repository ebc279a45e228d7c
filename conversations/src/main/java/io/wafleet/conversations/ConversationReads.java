package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.MessageId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people read of the store. Where a thread is asked for, a LID that is known as a phone means the phone's thread; the answer
 * names it.
 */
public interface ConversationReads extends AutoCloseable {
    /** Every account ever told, by id, also deleted ones. */
    List<AccountStatusRecord> accounts();

    /** An account's threads that have messages, the newest message first. */
    Page<StoredThread> threads(AccountId account, PageRequest page);

    /** A thread; empty when it has no message. */
    Optional<StoredThread> thread(ThreadId id);

    /** A thread's messages, the newest first. */
    Page<StoredMessage> messages(ThreadId thread, PageRequest page);

    /** A message; empty when its content is not known. */
    Optional<StoredMessage> message(ThreadId thread, MessageId id);

    /**
     * Messages that hold words that begin with each of those asked for, whatever their case and accents, the newest first. What was taken
     * back is not found.
     *
     * @param thread where to look; null: in all threads of the account
     * @return empty when the store cannot search
     */
    Optional<Page<StoredMessage>> search(AccountId account, @Nullable ThreadId thread, String words,
            PageRequest page);

    /** Ends all use. */
    @Override
    void close();
}
