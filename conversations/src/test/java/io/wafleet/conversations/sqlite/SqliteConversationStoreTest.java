package io.wafleet.conversations.sqlite;

import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.ConversationStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store does what every store does. */
final class SqliteConversationStoreTest extends ConversationStoreContract {
    @TempDir
    private Path folder;
    private ConversationStore store;

    @BeforeEach
    void open() {
        store = SqliteConversationStore.open(folder.resolve("store.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected ConversationStore store() {
        return store;
    }
}
