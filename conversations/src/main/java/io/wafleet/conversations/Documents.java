package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The documents that a change can need, as the store has them within the transaction; null: there is none. */
public interface Documents {
    /** When the account was erased last. */
    @Nullable
    Instant erasedAt(AccountId account);

    @Nullable
    AccountStatusRecord account(AccountId account);

    @Nullable
    Alias alias(AccountId account, Chat lid);

    @Nullable
    StoredThread thread(ThreadId id);

    /** Also one that is not to be shown yet. */
    @Nullable
    StoredMessage message(ThreadId thread, MessageId id);
}
