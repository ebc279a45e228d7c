package io.wafleet.conversations.firestore;

import com.google.cloud.firestore.CollectionGroup;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.Firestore;
import io.wafleet.contract.AccountId;
import io.wafleet.conversations.ThreadId;
import java.util.regex.Pattern;

/** Where each document lies: in the original's collections, and in two of wafleet's own that no app reads. */
final class Places {
    static final String ACCOUNTS = "accounts";
    static final String THREADS = "threads";
    static final String MESSAGES = "messages";
    static final String BACKUPS = "wa_sessions";
    static final String CHUNKS = "chunks";
    static final String LIDS = "wafleet_lids";
    static final String IMPORTED = "wafleet_imported_sessions";
    static final String ERASURES = "wafleet_erasures";
    /** Ids that Firestore keeps for itself. */
    private static final Pattern RESERVED = Pattern.compile("\\.|\\.\\.|__.*__");

    private final Firestore firestore;

    Places(Firestore firestore) {
        this.firestore = firestore;
    }

    DocumentReference of(Key key) {
        return switch (key) {
            case Key.Erasure erasure -> in(ERASURES, erasure.account().value());
            case Key.Account account -> in(ACCOUNTS, account.account().value());
            case Key.Lid lid -> in(LIDS, new ThreadId(lid.account(), lid.lid()).text());
            case Key.Summary thread -> in(THREADS, thread.id().text());
            case Key.Message message -> messages(message.thread()).document(id(message.id().value()));
        };
    }

    CollectionReference collection(String name) {
        return firestore.collection(name);
    }

    CollectionReference messages(ThreadId thread) {
        return in(THREADS, thread.text()).collection(MESSAGES);
    }

    /** The messages of all threads, also of those that have no document themselves. */
    CollectionGroup allMessages() {
        return firestore.collectionGroup(MESSAGES);
    }

    DocumentReference backup(AccountId account) {
        return in(BACKUPS, account.value());
    }

    CollectionReference chunks(AccountId account) {
        return backup(account).collection(CHUNKS);
    }

    DocumentReference imported(AccountId account) {
        return in(IMPORTED, account.value());
    }

    private DocumentReference in(String collection, String name) {
        return firestore.collection(collection).document(id(name));
    }

    /** A document's id; no name of ours holds a tilde, so none is taken twice. */
    static String id(String name) {
        return RESERVED.matcher(name).matches() ? "~" + name : name;
    }
}
