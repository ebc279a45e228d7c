package io.wafleet.conversations.firestore;

import io.wafleet.conversations.AccountRecordsContract;
import io.wafleet.conversations.AnyOrderContract;
import io.wafleet.conversations.BadDataContract;
import io.wafleet.conversations.ConcurrencyContract;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.ConversationStoreContract;
import io.wafleet.conversations.CredentialBackupsContract;
import io.wafleet.conversations.ImportedSessionsContract;
import io.wafleet.conversations.PagingContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static java.util.Objects.requireNonNull;

/** Firestore, as Google's emulator plays it, does what every store does. */
@Execution(ExecutionMode.SAME_THREAD)
final class FirestoreConversationStoreIT {
    private static @Nullable ConversationStore store;

    @BeforeAll
    static void open() {
        store = FirestoreEmulator.shared().store(FirestoreEmulator.newProject());
    }

    @AfterAll
    static void close() {
        if (store != null) {
            store.close();
        }
    }

    @Nested
    final class Changes extends ConversationStoreContract {
        @Override
        protected ConversationStore store() {
            return requireNonNull(store);
        }
    }

    @Nested
    final class Pages extends PagingContract {
        @Override
        protected ConversationStore store() {
            return requireNonNull(store);
        }
    }

    @Nested
    final class BadData extends BadDataContract {
        @Override
        protected ConversationStore store() {
            return requireNonNull(store);
        }
    }

    @Nested
    final class Credentials extends CredentialBackupsContract {
        @Override
        protected ConversationStore store() {
            return requireNonNull(store);
        }
    }

    @Nested
    final class Sessions extends ImportedSessionsContract {
        @Override
        protected ConversationStore store() {
            return requireNonNull(store);
        }
    }

    @Nested
    final class Records extends AccountRecordsContract {
        @Override
        protected ConversationStore store() {
            return requireNonNull(store);
        }
    }

    @Nested
    final class Concurrency extends ConcurrencyContract {
        /** A query that breaks off is resumed by Google's client where it stood, at a later moment. */
        @Override
        protected boolean pagesAreOfOneMoment() {
            return false;
        }

        @Override
        protected ConversationStore store() {
            return requireNonNull(store);
        }
    }

    @Nested
    final class AnyOrder extends AnyOrderContract {
        @Override
        protected ConversationStore store() {
            return requireNonNull(store);
        }

        @Override
        protected int orders() {
            return 4;
        }
    }
}
