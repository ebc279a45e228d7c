package io.wafleet.conversations.firestore;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import io.wafleet.conversations.ThreadId;

/** Names a document that a change can need. */
sealed interface Key {
    AccountId account();

    /** When the account was erased last. */
    record Erasure(AccountId account) implements Key {}

    /** What the account is. */
    record Account(AccountId account) implements Key {}

    /** Whose phone a LID is. */
    record Lid(AccountId account, Chat lid) implements Key {}

    /** A thread's document. */
    record Summary(ThreadId id) implements Key {
        @Override
        public AccountId account() {
            return id.account();
        }
    }

    /** A message. */
    record Message(ThreadId thread, MessageId id) implements Key {
        @Override
        public AccountId account() {
            return thread.account();
        }
    }
}
