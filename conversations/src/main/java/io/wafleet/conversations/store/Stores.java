package io.wafleet.conversations.store;

import io.wafleet.conversations.ConversationReads;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.firestore.FirestoreConversationReads;
import io.wafleet.conversations.firestore.FirestoreConversationStore;
import io.wafleet.conversations.sqlite.SqliteConversationReads;
import io.wafleet.conversations.sqlite.SqliteConversationStore;

/** Opens the store that is set. */
public final class Stores {
    private Stores() {}

    /** For a role that writes. */
    public static ConversationStore open(StoreSettings settings) {
        return switch (settings.kind()) {
            case SQLITE -> SqliteConversationStore.open(settings.sqliteFile());
            case FIRESTORE -> FirestoreConversationStore.open(settings.firestoreProject());
        };
    }

    /** For a role that only reads. The store may not be there yet: each call says so until it is. */
    public static ConversationReads openReads(StoreSettings settings) {
        return switch (settings.kind()) {
            case SQLITE -> SqliteConversationReads.open(settings.sqliteFile());
            case FIRESTORE -> FirestoreConversationReads.open(settings.firestoreProject());
        };
    }
}
