package io.wafleet.conversations.sqlite;

import io.wafleet.conversations.AccountRecordsContract;
import io.wafleet.conversations.AnyOrderContract;
import io.wafleet.conversations.BadDataContract;
import io.wafleet.conversations.ConcurrencyContract;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.ConversationStoreContract;
import io.wafleet.conversations.CredentialBackupsContract;
import io.wafleet.conversations.ImportedSessionsContract;
import io.wafleet.conversations.PagingContract;
import io.wafleet.conversations.SearchContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

import static java.util.Objects.requireNonNull;

/** The embedded store does what every store does. */
final class SqliteConversationStoreTest {
    private static @Nullable ConversationStore store;

    @BeforeAll
    static void open(@TempDir Path folder) {
        store = SqliteConversationStore.open(folder.resolve("store.db"));
    }

    @AfterAll
    static void close() {
        requireNonNull(store).close();
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
    final class Search extends SearchContract {
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
    }
}
